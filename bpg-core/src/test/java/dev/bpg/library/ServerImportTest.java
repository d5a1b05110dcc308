package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Branch;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.ImportProgress;
import dev.bpg.model.ImportProgress.Phase;
import dev.bpg.model.RestoreOptions;
import dev.bpg.model.SourceServer;
import dev.bpg.testing.ClientTools;
import dev.bpg.testing.TestStorage;
import java.net.ServerSocket;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerImportTest extends LibraryContract {

  // What the programs do does not depend on the storage.
  @Override
  protected TestStorage storage() {
    return TestStorage.selectedOfEachKind().get(0);
  }

  private static final String PASSWORD = "pass word/@&%";

  private Branch production;

  @BeforeEach
  void makeProduction() throws Exception {
    production = ClientTools.dumpable(library, "production").create().main();
    execute(production, "CREATE TABLE bills AS SELECT generate_series(1, 3000) AS id");
    execute(production, "CREATE TABLE notes AS SELECT 'a note' AS note");
    execute(production, "CREATE ROLE reader LOGIN PASSWORD '" + PASSWORD + "'");
    execute(production, "GRANT pg_read_all_data TO reader");
  }

  private SourceServer source() {
    return SourceServer.of("postgresql://reader@127.0.0.1:" + production.getPort() + "/postgres")
        .withPassword(PASSWORD);
  }

  @Test
  void anSqlDatabaseOfARunningServerIsCopiedWithProgress() throws Exception {
    List<ImportProgress> told = new CopyOnWriteArrayList<>();

    Branch main =
        bpg.newDatabase("api")
            .fromServer(source(), RestoreOptions.defaults().withoutOwners())
            .onProgress(told::add)
            .create()
            .main();

    assertThat(query(main, "SELECT max(id) FROM bills")).isEqualTo("3000");
    assertThat(query(main, "SELECT note FROM notes")).isEqualTo("a note");
    assertThat(told).extracting(ImportProgress::phase).contains(Phase.DUMP, Phase.RESTORE);
    ImportProgress last = told.get(told.size() - 1);
    assertThat(last.done()).isEqualTo(2);
    assertThat(query(production, "SELECT count(*) FROM bills")).isEqualTo("3000");
  }

  @Test
  void refusesAWrongPasswordAndAMissingDatabaseWithoutSayingThePassword() throws Exception {
    var before = library.files();

    assertThatThrownBy(
            () -> bpg.newDatabase("api").fromServer(source().withPassword("wrong one")).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "cannot dump postgresql://reader@127.0.0.1:"
                + production.getPort()
                + "/postgres: it does not let this user in: FATAL: password authentication failed"
                + " for user \"reader\"")
        .hasMessageEndingWith(
            "\nHINT: correct user and password, or allow the user in its pg_hba.conf")
        .hasMessageNotContaining("wrong one");
    SourceServer missing =
        SourceServer.of("postgresql://reader@127.0.0.1:" + production.getPort() + "/nothing")
            .withPassword(PASSWORD);
    assertThatThrownBy(() -> bpg.newDatabase("api").fromServer(missing).create())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("database \"nothing\" does not exist")
        .hasMessageNotContaining(PASSWORD);
    assertThat(library.files()).isEqualTo(before);
  }

  @Test
  void aServerThatDoesNotAnswerIsUnavailable() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    SourceServer away = SourceServer.of("postgresql://reader@127.0.0.1:" + nobody + "/postgres");
    assertThatThrownBy(() -> bpg.newDatabase("api").fromServer(away).create())
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("cannot dump " + away + ": it does not answer as Postgres does: ")
        .hasMessageEndingWith(
            "\nHINT: see that it runs and is reached from here, and correct host and port");
  }

  @Test
  void aSourceThatGoesAwayHalfWayLeavesNothing() throws Exception {
    Set<String> before = filesButSockets();
    try (Connection locking = production.dataSource().getConnection()) {
      locking.setAutoCommit(false);
      execute(locking, "LOCK TABLE bills");
      CompletableFuture<Void> end =
          CompletableFuture.runAsync(
              () -> {
                // Without an end the import would wait for the lock for ever.
                Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> waitsForTheLock());
                production.stop();
              });
      assertThatThrownBy(() -> bpg.newDatabase("api").fromServer(source()).create())
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining(" ended with 1 and wrote:\n")
          .hasMessageContaining("pg_dump: error: ")
          .hasMessageEndingWith(
              "\nHINT: see that the server runs and takes connections, and create the database"
                  + " again")
          .hasMessageNotContaining(PASSWORD);
      end.join();
    }
    assertThat(filesButSockets()).isEqualTo(before);
  }

  // A server that has ended has none.
  private Set<String> filesButSockets() throws Exception {
    Set<String> files = new TreeSet<>(library.files());
    files.removeIf(file -> file.contains("/run/"));
    return files;
  }

  private boolean waitsForTheLock() throws Exception {
    return query(
            production,
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND usename = 'reader'")
        .equals("1");
  }

  @Test
  void refusesAUserWhoMayNotReadEverything() throws Exception {
    execute(production, "REVOKE pg_read_all_data FROM reader");
    assertThatThrownBy(() -> bpg.newDatabase("api").fromServer(source()).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("permission denied for table")
        .hasMessageEndingWith(
            "\nHINT: ask as a user who may read everything, such as a member of pg_read_all_data");
  }

  @Test
  void refusesASourceThatIsNewerThanEveryPgDump() throws Exception {
    int newest = ClientTools.require("pg_dump").major();
    Branch shop = library.shop();
    assumeTrue(shop.build().major() > newest, "pg_dump is new enough for every server here");
    SourceServer newer =
        SourceServer.of(shop.getJdbcUrl())
            .withUser(shop.getUsername())
            .withPassword(shop.getPassword());
    assertThatThrownBy(() -> bpg.newDatabase("api").fromServer(newer).create())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(
            "it runs Postgres " + shop.build().major() + ", and what is here is only pg_dump ")
        .hasMessageEndingWith(
            "\nHINT: install the client programs of Postgres "
                + shop.build().major()
                + " or newer");
  }
}
