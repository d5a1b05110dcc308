package dev.bpg.internal.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.diff.BranchDiff;
import org.junit.jupiter.api.Test;

/** What only Postgres 18 has. */
class NewestMajorTest {

  @Test
  void virtualColumnsAndNotNullThatIsNotValidatedAreUnderstood() throws Exception {
    try (PostgresServer server = PostgresServer.start(18)) {
      server.create("none");
      server.create("a");
      server.execute(
          "a",
          """
          CREATE TABLE t (id int PRIMARY KEY, v int);
          INSERT INTO t VALUES (1, 1);
          CREATE TABLE loose (k int UNIQUE);
          INSERT INTO loose VALUES (NULL), (NULL), (1);
          ALTER TABLE loose ADD CONSTRAINT later NOT NULL k NOT VALID;
          """);
      server.copy("a", "b");
      server.execute(
          "b",
          "ALTER TABLE t ADD twice int GENERATED ALWAYS AS (v * 2) VIRTUAL;"
              + " DELETE FROM loose WHERE k = 1;"
              + " UPDATE t SET v = 2");

      BranchDiff diff = server.diff("a", "b");

      assertThat(diff.schema().get(0).after())
          .contains("twice integer GENERATED ALWAYS AS ((v * 2)) VIRTUAL");
      assertThat(server.diff("none", "a").schema().get(0).after().orElseThrow())
          .contains("k integer NOT NULL NOT VALID");
      assertThat(diff.tables())
          .extracting(Object::toString)
          .containsExactly(
              "public.loose: 1 deleted (no key)", "public.t: 1 updated (without twice)");
    }
  }
}
