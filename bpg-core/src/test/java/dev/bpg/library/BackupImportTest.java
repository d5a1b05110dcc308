package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Branch;
import dev.bpg.DatabaseBuilder;
import dev.bpg.error.CancelledException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.ImportProgress;
import dev.bpg.model.ImportProgress.Phase;
import dev.bpg.model.SourceServer;
import dev.bpg.testing.ClientTools;
import dev.bpg.testing.ReplicatingServer;
import dev.bpg.testing.TestStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupImportTest extends BothKindsContract {

  private ReplicatingServer production;
  private Set<String> before;

  @BeforeEach
  void makeProduction() throws Exception {
    assumeTrue(
        !storage().isInDocker() || TestStorage.selectedOfEachKind().size() == 1,
        "ImportsInDockerTest has what differs there");
    production = ReplicatingServer.start(library);
    before = library.files();
  }

  @AfterEach
  void endProduction() throws Exception {
    if (production != null) {
      production.close();
    }
  }

  private DatabaseBuilder api() throws Exception {
    int major = ClientTools.require("pg_basebackup").major();
    return ClientTools.ofMajor(library, "api", major);
  }

  @Test
  void aRunningServerBecomesADatabase() throws Exception {
    List<ImportProgress> told = new CopyOnWriteArrayList<>();
    production.execute("CREATE TABLE bills AS SELECT generate_series(1, 3000) AS id");
    production.execute("ALTER SYSTEM SET work_mem = '7MB'");

    Branch main = api().fromBackupOf(production.source()).onProgress(told::add).create().main();

    assertThat(query(main, "SELECT max(id) FROM bills")).isEqualTo("3000");
    assertThat(query(main, "SHOW work_mem")).isEqualTo("7MB");
    assertThat(query(main, "SELECT pg_is_in_recovery()")).isEqualTo("f");
    assertThat(main.origin().method()).isEqualTo(CloneMethod.IMPORT);
    assertThat(query(main.branch().create(), "SELECT max(id) FROM bills")).isEqualTo("3000");
    assertThat(query(main.restart(), "SELECT max(id) FROM bills")).isEqualTo("3000");
    assertThat(told).extracting(ImportProgress::phase).containsOnly(Phase.BACKUP);
    assertThat(told.get(told.size() - 1).done()).isGreaterThan(1000);
    production.execute("INSERT INTO bills VALUES (0)");
  }

  @Test
  void aSourceWithLargeSettingsOnItsCommandLineComesUpWithItsPreparedTransactions()
      throws Exception {
    production.close();
    production =
        ReplicatingServer.start(
            library,
            "max_connections=150",
            "max_worker_processes=30",
            "max_wal_senders=20",
            "max_prepared_transactions=5",
            "max_locks_per_transaction=100");
    production.execute("CREATE TABLE bills (id int)");
    production.execute("BEGIN; INSERT INTO bills VALUES (1); PREPARE TRANSACTION 'one'");

    Branch main = api().fromBackupOf(production.source()).create().main();

    assertThat(query(main, "SHOW max_connections")).isEqualTo("150");
    assertThat(query(main, "SHOW max_worker_processes")).isEqualTo("30");
    assertThat(query(main, "SHOW max_wal_senders")).isEqualTo("20");
    assertThat(query(main, "SHOW max_locks_per_transaction")).isEqualTo("100");
    assertThat(prepared(main)).isEqualTo("one");
    assertThat(prepared(main.branch().create())).isEqualTo("one");
    assertThat(prepared(main.branch().fast().create())).isEqualTo("one");
    main.archive().enable();
    execute(main, "BEGIN; INSERT INTO bills VALUES (2); PREPARE TRANSACTION 'two'");
    String position = query(main, "SELECT pg_current_wal_insert_lsn()");
    execute(main, "COMMIT PREPARED 'one'");
    execute(main, "ROLLBACK PREPARED 'two'");
    Branch then = main.branch().atLsn(position).create();
    assertThat(prepared(then)).isEqualTo("one two");
    execute(then, "COMMIT PREPARED 'two'");
    assertThat(query(then.restart(), "SELECT string_agg(id::text, ' ') FROM bills")).isEqualTo("2");
    assertThat(query(main, "SELECT string_agg(id::text, ' ') FROM bills")).isEqualTo("1");
  }

  private static String prepared(Branch branch) throws Exception {
    return query(branch, "SELECT string_agg(gid, ' ' ORDER BY gid) FROM pg_prepared_xacts");
  }

  @Test
  void refusesAUserWhoMayNotReplicateAndAWrongPassword() throws Exception {
    production.execute("CREATE ROLE reader LOGIN PASSWORD 'secret word'");
    SourceServer reader = production.source().withUser("reader").withPassword("secret word");
    assertThatThrownBy(() -> api().fromBackupOf(reader).create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot import "
                + reader
                + ": this user may not take a base backup\nHINT: run ALTER ROLE … REPLICATION there,"
                + " and allow it replication in pg_hba.conf");
    SourceServer wrong = production.source().withPassword("wrong word");
    assertThatThrownBy(() -> api().fromBackupOf(wrong).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it does not let this user in: ")
        .hasMessageNotContaining("wrong word");
    assertThat(library.files()).isEqualTo(before);
  }

  @Test
  void aUserWhomTheRulesLetInButNotForReplicationIsRefused() throws Exception {
    production.letNobodyReplicate();
    assertThatThrownBy(() -> api().fromBackupOf(production.source()).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no pg_hba.conf entry for replication connection")
        .hasMessageEndingWith(
            "\nHINT: allow this user in its pg_hba.conf, for a base backup in the database"
                + " replication");
    assertThat(library.files()).isEqualTo(before);
  }

  @Test
  void refusesASourceWithTablespaces() throws Exception {
    production.execute("SET allow_in_place_tablespaces = on; CREATE TABLESPACE fast LOCATION ''");
    assertThatThrownBy(() -> api().fromBackupOf(production.source()).create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot import "
                + production.source()
                + ": it has tablespaces, which lie outside of its data folder: fast\n"
                + "HINT: copy its SQL databases with fromServer");
    assertThat(library.files()).isEqualTo(before);
  }

  @Test
  void aSourceThatGoesAwayOrAnInterruptLeavesNothing() throws Exception {
    production.execute(
        "CREATE TABLE bulk AS SELECT repeat('x', 900) FROM generate_series(1, 90000)");
    Thread importing = Thread.currentThread();
    // Not on progress, which a fast machine may tell at the end only.
    Thread interrupting =
        new Thread(
            () -> {
              Awaitility.await()
                  .pollDelay(Duration.ZERO)
                  .pollInterval(Duration.ofMillis(5))
                  .atMost(Duration.ofSeconds(60))
                  .until(() -> !clients().isEmpty());
              importing.interrupt();
            });
    interrupting.start();
    try {
      assertThatThrownBy(() -> api().fromBackupOf(production.source()).create())
          .isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    interrupting.join();
    assertThat(clients()).isEmpty();
    assertThat(library.files()).isEqualTo(before);

    assertThatThrownBy(
            () ->
                api()
                    .fromBackupOf(production.source())
                    .onProgress(progress -> production.kill())
                    .create())
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("cannot import " + production.source() + ": pg_basebackup ")
        .hasMessageContaining(" ended with 1 and wrote:\npg_basebackup: error: ");
    assertThat(clients()).isEmpty();
    assertThat(library.files()).isEqualTo(before);
  }

  // Whoever was given the source's port, which is nobody else's, as a client of it is.
  private List<ProcessHandle> clients() {
    String port = "PGPORT=" + production.source().port();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              process ->
                  process.pid() != ProcessHandle.current().pid()
                      && environment(process).contains(port))
          .toList();
    }
  }

  private static List<String> environment(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", String.valueOf(process.pid()), "environ");
      return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return List.of(); // It has ended, or is another user's.
    }
  }

  @Test
  void refusesASourceWhoseOwnProgramIsNotHere() throws Exception {
    Branch shop = library.shop();
    int newest = ClientTools.require("pg_basebackup").major();
    assumeTrue(shop.build().major() > newest, "there is a program for every server here");
    SourceServer newer =
        SourceServer.of(shop.getJdbcUrl())
            .withUser(shop.getUsername())
            .withPassword(shop.getPassword());
    assertThatThrownBy(() -> bpg.newDatabase("api").fromBackupOf(newer).create())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(
            "it runs Postgres " + shop.build().major() + ", and what is here is only ")
        .hasMessageEndingWith(
            "\nHINT: install the client programs of Postgres "
                + shop.build().major()
                + ", or copy it with fromServer");
  }
}
