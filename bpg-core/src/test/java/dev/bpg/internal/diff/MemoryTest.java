package dev.bpg.internal.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.server.Endpoint;
import dev.bpg.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private static final String TABLE =
      """
      CREATE UNLOGGED TABLE t AS SELECT i AS id, %s AS v FROM generate_series(%d, 1000000) i;
      ALTER TABLE t ADD PRIMARY KEY (id);
      """;

  @Test
  void aMillionRowsThatAllDifferAreComparedIn64MegabytesOfMemory() throws Exception {
    try (PostgresServer server = PostgresServer.start(17)) {
      server.create("a");
      server.create("b");
      server.execute("a", TABLE.formatted("md5(i::text)", 1));
      server.execute("b", TABLE.formatted("md5(i::text) || '!'", 2));
      Endpoint endpoint = server.endpoint();
      try (ChildJvm child =
          ChildJvm.startUnder(
              List.of("env", "JDK_JAVA_OPTIONS=-Xmx64m"),
              MillionRows.class,
              endpoint.port(),
              endpoint.socket().orElseThrow())) {
        assertThat(child.awaitLine("table")).isEqualTo("public.t: 999999 updated, 1 deleted");
        assertThat(child.awaitLine("seen")).isEqualTo("2000");
        assertThat(Integer.parseInt(child.awaitLine("memory"))).isLessThanOrEqualTo(64);
        assertThat(child.awaitExit()).isZero();
      }
    }
  }
}
