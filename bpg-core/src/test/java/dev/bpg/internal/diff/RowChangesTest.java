package dev.bpg.internal.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.RowChange;
import dev.bpg.diff.TableChange;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowChangesTest {

  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start(17);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void makeDatabase() throws SQLException {
    server.create("a");
  }

  /** What differs after the second text when the first was there already. */
  private static BranchDiff diff(String before, String change) throws SQLException {
    server.execute("a", before);
    server.copy("a", "b");
    server.execute("b", change);
    return server.diff("a", "b");
  }

  private static List<String> rows(BranchDiff diff) {
    TableChange table = diff.tables().get(0);
    try (Stream<RowChange> rows = diff.rows(table)) {
      return rows.map(RowChange::toString).sorted().toList();
    }
  }

  @Test
  void itsTextShowsSomeRowsAndCutsWhatIsLong() throws Exception {
    BranchDiff diff =
        diff(
            "CREATE TABLE t (id int PRIMARY KEY, v text, w text);"
                + " INSERT INTO t VALUES (1, 'one', 'w'), (2, 'two', 'w');"
                + " CREATE TABLE u (id int PRIMARY KEY)",
            "DELETE FROM t WHERE id = 1; UPDATE t SET v = E'zw\\nei' WHERE id = 2;"
                + " INSERT INTO t VALUES (3, repeat('x', 100), NULL);"
                + " INSERT INTO u SELECT generate_series(1, 9); CREATE TABLE v AS SELECT 1 AS a");

    assertThat(diff.text(3).replaceAll("    . \\{id=[0-9]\\}", "    + {id=…}"))
        .isEqualTo(
            """
            b against a
            schema
              + table public.v
            rows
              public.t: 1 inserted, 1 updated, 1 deleted
                + {id=3, v=%s…, w=null}
                - {id=1, v=one, w=w}
                + {id=…} {v=two} -> {v=zw\\nei}
              public.u: 9 inserted
                + {id=…}
                + {id=…}
                + {id=…}
                … and 6 more
              public.v: 1 inserted (no key)
                + {a=1}"""
                .formatted("x".repeat(80)));
  }

  @Test
  void aRowIsInsertedDeletedOrUpdatedByItsKey() throws Exception {
    BranchDiff diff =
        diff(
            "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES"
                + " (1, 'one'), (2, 'two'), (3, NULL), (4, '')",
            "DELETE FROM t WHERE id = 1; UPDATE t SET v = 'zwei' WHERE id = 2;"
                + " UPDATE t SET v = '' WHERE id = 3; INSERT INTO t VALUES (5, 'five')");

    assertThat(diff.tables())
        .containsExactly(
            new TableChange("postgres", "public", "t", 1, 1, 2, List.of("id"), List.of()));
    assertThat(rows(diff))
        .containsExactly(
            "+ {id=5, v=five}",
            "- {id=1, v=one}",
            "~ {id=2, v=two} -> {id=2, v=zwei}",
            "~ {id=3, v=null} -> {id=3, v=}");
  }

  @Test
  void theKeyOfARowIsThatOfItsTable() throws Exception {
    BranchDiff diff =
        diff(
            "CREATE TABLE t (v text, b int NOT NULL, a text NOT NULL, UNIQUE (a, b) INCLUDE (v));"
                + " INSERT INTO t VALUES ('x', 1, 'k')",
            "UPDATE t SET v = NULL");

    try (Stream<RowChange> rows = diff.rows(diff.tables().get(0))) {
      RowChange row = rows.findFirst().orElseThrow();
      assertThat(row.key()).containsExactly(Map.entry("b", "1"), Map.entry("a", "k"));
      assertThat(row.after().orElseThrow()).containsEntry("v", null);
    }
  }

  @Test
  void rowsWithoutAKeyAreAMultiset() throws Exception {
    BranchDiff diff =
        diff(
            "CREATE TABLE t (v int); CREATE UNIQUE INDEX ON t (v) WHERE v > 5;"
                + " INSERT INTO t VALUES (1), (1), (1), (2), (NULL)",
            "INSERT INTO t VALUES (2), (2), (3); DELETE FROM t WHERE v = 1");

    assertThat(diff.tables().get(0).toString())
        .isEqualTo("public.t: 3 inserted, 3 deleted (no key)");
    assertThat(rows(diff))
        .containsExactly("+ {v=2}", "+ {v=2}", "+ {v=3}", "- {v=1}", "- {v=1}", "- {v=1}");
  }

  @Test
  void rowsThatAreWrittenAnewWithTheSameValuesAreTheSame() throws Exception {
    BranchDiff diff =
        diff(
            "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'x'), (2, 'y')",
            "UPDATE t SET v = v; DELETE FROM t; INSERT INTO t VALUES (2, 'y'), (1, 'x')");

    assertThat(diff.isEmpty()).isTrue();
  }

  @Test
  void everyTypeHasATextEvenThoseWithoutEquality() throws Exception {
    BranchDiff diff =
        diff(
            """
            CREATE TABLE t (id int PRIMARY KEY, j json, x xml, p point, f float8, n numeric,
              r int4range, b bytea, a text[], i interval, z timestamptz, m money, g int
              GENERATED ALWAYS AS (id * 2) STORED);
            INSERT INTO t SELECT k, '{"a": 1}', '<a/>', '(1,2)', 0.1, 1.0, '[1,3)', '\\x00ff',
              '{a,NULL,""}', '1 mon', '2026-01-01 00:00+00', 5 FROM generate_series(1, 9) k;
            """,
            """
            UPDATE t SET j = '{"a":1}' WHERE id = 1;
            UPDATE t SET x = '<a></a>' WHERE id = 2;
            UPDATE t SET p = '(1,3)' WHERE id = 3;
            UPDATE t SET f = 0.1 + 1e-17 WHERE id = 4;
            UPDATE t SET f = 0.30000000000000004 WHERE id = 5;
            UPDATE t SET n = 1.00 WHERE id = 6;
            UPDATE t SET a = '{a,NULL,NULL}' WHERE id = 7;
            UPDATE t SET z = '2026-01-01 01:00+01' WHERE id = 8;
            ALTER DATABASE b SET timezone = 'Asia/Tokyo';
            ALTER DATABASE b SET bytea_output = 'escape';
            ALTER DATABASE b SET extra_float_digits = -5;
            ALTER DATABASE b SET intervalstyle = 'iso_8601';
            """);

    try (Stream<RowChange> rows = diff.rows(diff.tables().get(0))) {
      assertThat(rows.map(row -> row.key().get("id")))
          .containsExactlyInAnyOrder("1", "2", "3", "5", "6", "7");
    }
    assertThat(diff.tables().get(0).updated()).isEqualTo(6);
  }

  @Test
  void longValuesAreComparedWhole() throws Exception {
    BranchDiff diff =
        diff(
            "CREATE TABLE t (id int PRIMARY KEY, v text);"
                + " INSERT INTO t SELECT i, repeat(md5(i::text), 100000) FROM generate_series(1, 3) i",
            "UPDATE t SET v = left(v, -1) || '!' WHERE id = 2");

    assertThat(diff.tables().get(0).toString()).isEqualTo("public.t: 1 updated");
    try (Stream<RowChange> rows = diff.rows(diff.tables().get(0))) {
      assertThat(rows.findFirst().orElseThrow().after().orElseThrow().get("v"))
          .hasSize(3_200_000)
          .endsWith("!");
    }
  }

  @Test
  void partitionsAreReadThroughTheirTableAndChildrenForThemselves() throws Exception {
    BranchDiff diff =
        diff(
            """
            CREATE TABLE p (id int PRIMARY KEY, v int) PARTITION BY RANGE (id);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
            CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
            CREATE TABLE parent (id int PRIMARY KEY);
            CREATE TABLE child (PRIMARY KEY (id)) INHERITS (parent);
            INSERT INTO p VALUES (1, 1), (11, 1);
            INSERT INTO parent VALUES (1);
            """,
            "UPDATE p SET v = 2; INSERT INTO child VALUES (1)");

    assertThat(diff.tables())
        .extracting(TableChange::toString)
        .containsExactly("public.child: 1 inserted", "public.p: 2 updated");
    try (Stream<RowChange> rows = diff.rows(diff.table("public", "p").orElseThrow())) {
      assertThat(rows.map(RowChange::toString))
          .containsExactlyInAnyOrder(
              "~ {id=1, v=1} -> {id=1, v=2}", "~ {id=11, v=1} -> {id=11, v=2}");
    }
  }

  @Test
  void tablesOfOneSideCountWithAllTheirRows() throws Exception {
    BranchDiff diff =
        diff(
            "CREATE TABLE gone (id int PRIMARY KEY); INSERT INTO gone VALUES (1), (2);"
                + " CREATE TABLE empty_gone (id int)",
            "DROP TABLE gone, empty_gone; CREATE TABLE made AS SELECT 7 AS n");

    assertThat(diff.tables())
        .extracting(TableChange::toString)
        .containsExactly("public.gone: 2 deleted", "public.made: 1 inserted (no key)");
    assertThat(rows(diff)).containsExactly("- {id=1}", "- {id=2}");
  }

  @Test
  void columnsOfOneSideAreLeftOutAndNamed() throws Exception {
    BranchDiff diff =
        diff(
            "CREATE TABLE t (id int PRIMARY KEY, v int, old int); INSERT INTO t VALUES (1, 1, 1),"
                + " (2, 2, 2); CREATE TABLE s (id int PRIMARY KEY, v int); INSERT INTO s VALUES (1)",
            "ALTER TABLE t DROP old, ADD \"New\" int DEFAULT 5; UPDATE t SET v = 3 WHERE id = 1;"
                + " ALTER TABLE s ADD n int DEFAULT 1, ALTER v TYPE bigint");

    assertThat(diff.tables())
        .containsExactly(
            new TableChange(
                "postgres", "public", "t", 0, 0, 1, List.of("id"), List.of("old", "New")));
    assertThat(rows(diff)).containsExactly("~ {id=1, v=1} -> {id=1, v=3}");
  }

  @Test
  void whatIsHardToReadIsReadAllTheSame() throws Exception {
    BranchDiff diff =
        diff(
            """
            CREATE UNLOGGED TABLE "Un ""?"" logged" (";" int PRIMARY KEY, "{fn x}" int);
            CREATE TABLE hidden (id int PRIMARY KEY);
            ALTER TABLE hidden ENABLE ROW LEVEL SECURITY;
            ALTER TABLE hidden FORCE ROW LEVEL SECURITY;
            CREATE TABLE nothing ();
            CREATE MATERIALIZED VIEW seen AS SELECT 1 AS n;
            CREATE MATERIALIZED VIEW unseen AS SELECT 1 AS n WITH NO DATA;
            """,
            """
            INSERT INTO "Un ""?"" logged" VALUES (1, 2);
            INSERT INTO hidden VALUES (1);
            INSERT INTO nothing DEFAULT VALUES;
            REFRESH MATERIALIZED VIEW unseen;
            SELECT lo_from_bytea(4711, 'large');
            """);

    assertThat(diff.tables())
        .extracting(TableChange::toString)
        .containsExactly(
            "pg_catalog.pg_largeobject: 1 inserted",
            "public.\"Un \"\"?\"\" logged\": 1 inserted",
            "public.hidden: 1 inserted",
            "public.nothing: 1 inserted (no key)",
            "public.unseen: 1 inserted (no key)");
    try (Stream<RowChange> rows = diff.rows(diff.tables().get(1))) {
      assertThat(rows.map(RowChange::toString)).containsExactly("+ {;=1, {fn x}=2}");
    }
  }

  @Test
  void foreignTablesAreSkippedAndNamed() throws Exception {
    BranchDiff diff =
        diff(
            """
            CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER far FOREIGN DATA WRAPPER nowhere;
            CREATE FOREIGN TABLE remote (id int) SERVER far;
            CREATE TABLE p (id int) PARTITION BY LIST (id);
            CREATE FOREIGN TABLE p1 PARTITION OF p FOR VALUES IN (1) SERVER far;
            """,
            "");

    assertThat(diff.skipped())
        .extracting(Object::toString)
        .containsExactly(
            "public.p: it has foreign tables as partitions",
            "public.remote: it is a foreign table");
    assertThat(diff.isEmpty()).isTrue();
  }
}
