package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.model.SourceServer;
import dev.bpg.testing.ChildJvm;
import dev.bpg.testing.ClientTools;
import dev.bpg.testing.ImportProgram;
import dev.bpg.testing.ImportProgram.Way;
import dev.bpg.testing.Liveness;
import dev.bpg.testing.ReplicatingServer;
import dev.bpg.testing.Strays;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that are killed while a client program of Postgres works for them, and would for long. */
class KilledImportTest extends CopyContract {

  private static final Duration PROMISED = Duration.ofSeconds(10);

  // Building an index with this sleeps wherever the setting is not.
  private static final String NAP =
      """
      CREATE FUNCTION nap(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('bpg.awake', true) IS NULL THEN PERFORM pg_sleep(600); END IF;
        RETURN i;
      END $$;
      SET bpg.awake = 'yes';
      CREATE INDEX ON bills (nap(id));
      """;

  private List<ProcessHandle> clients = List.of();

  @AfterEach
  void endWhatDidNotEnd() {
    clients.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void aDumpEndsWithItsJvmAndLeavesItsSource() throws Exception {
    Branch source = source();
    try (Connection holder = source.dataSource().getConnection()) {
      holder.setAutoCommit(false);
      execute(holder, "LOCK TABLE bills");
      importAndKill(Way.SERVER, SourceServer.of(source.getJdbcUrl()), source);
      Awaitility.await()
          .atMost(PROMISED)
          .until(
              () ->
                  // Not by the holder: a transaction sees this view as it was when it first looked.
                  query(
                          source,
                          "SELECT count(*) FROM pg_stat_activity"
                              + " WHERE application_name = 'pg_dump'")
                      .equals("0"));
    }
  }

  @Test
  void aRestorationEndsWithItsJvm(@TempDir Path folder) throws Exception {
    Branch source = source();
    execute(source, NAP);
    Path dump = folder.resolve("shop.dump");
    ClientTools.dump(source, "-Fc", "-f", dump.toString());
    importAndKill(Way.DUMP, dump, source);
  }

  @Test
  void aBaseBackupEndsWithItsJvm() throws Exception {
    try (ReplicatingServer production = ReplicatingServer.start(library)) {
      ProcessHandle checkpointer = production.child("checkpointer");
      signal(checkpointer, "STOP");
      try {
        SourceServer source = production.source();
        importAndKill(
            Way.BACKUP,
            ClientTools.require("pg_basebackup").major(),
            source,
            source.user().orElseThrow(),
            source.password().orElseThrow());
      } finally {
        signal(checkpointer, "CONT");
      }
    }
  }

  private Branch source() throws Exception {
    Branch source = ClientTools.dumpable(library, "production").create().main();
    execute(source, "CREATE TABLE bills AS SELECT 1 AS id");
    return source;
  }

  private void importAndKill(Way way, Object from, Branch source) throws Exception {
    importAndKill(way, source.build().major(), from, source.getUsername(), source.getPassword());
  }

  private void importAndKill(Way way, int major, Object from, String user, String password)
      throws Exception {
    Set<String> servers = library.servers();
    // The lease of this JVM, whose other tests may have had temporary branches.
    var strays = new Strays(library.home()).find();
    try (ChildJvm jvm =
        ChildJvm.start(
            ImportProgram.class,
            library.home(),
            library.cache(),
            way,
            major,
            from,
            user,
            password)) {
      ProcessHandle importing = ProcessHandle.of(jvm.pid()).orElseThrow();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                clients = importing.descendants().filter(found -> isOf(way, found)).toList();
                return clients.stream().anyMatch(KilledImportTest::isAtWork);
              });
      jvm.kill();
    }

    Awaitility.await()
        .atMost(PROMISED)
        .until(() -> clients.stream().map(ProcessHandle::pid).noneMatch(Liveness::isRunning));

    try (Bpg next = Bpg.open(library.config().build())) {
      assertThat(next.listDatabases()).extracting(found -> found.name()).doesNotContain("api");
      assertThat(new Strays(library.home()).find()).isEqualTo(strays);
      assertThat(library.servers()).isEqualTo(servers);
    }
  }

  private static boolean isOf(Way way, ProcessHandle process) {
    return process.info().command().filter(path -> path.endsWith("/" + way.program())).isPresent();
  }

  // Before it works, each is asked for its version.
  private static boolean isAtWork(ProcessHandle client) {
    return Stream.of(client.info().arguments().orElse(new String[0]))
        .anyMatch(argument -> argument.startsWith("--jobs") || argument.startsWith("--pgdata"));
  }

  private static void signal(ProcessHandle process, String signal) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }
}
