package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.bpg.Branch;
import dev.bpg.DataFolderOption;
import dev.bpg.Database;
import dev.bpg.error.BpgException;
import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.platform.SystemUser;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.ImportProgress;
import dev.bpg.testing.ForeignCluster;
import dev.bpg.testing.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataFolderImportTest extends EveryStorageContract {

  private ForeignCluster foreign;
  private Branch original;

  @BeforeEach
  void makeForeignCluster() throws Exception {
    original = parent();
    execute(original, "CREATE TABLE only_there AS SELECT 42 AS answer");
    foreign = ForeignCluster.of(library, original);
  }

  @AfterEach
  void deleteForeignCluster() throws Exception {
    if (foreign != null) {
      foreign.close();
    }
  }

  @Test
  void aFolderBecomesADatabaseAndStaysAsItIs() throws Exception {
    Map<String, String> before = foreign.state();
    List<ImportProgress> told = new CopyOnWriteArrayList<>();

    Database api =
        bpg.newDatabase("api").fromDataFolder(foreign.folder()).onProgress(told::add).create();

    assertThat(foreign.state()).isEqualTo(before);
    assertThat(query(api.main(), "SELECT answer FROM only_there")).isEqualTo("42");
    assertThat(api.main().origin().method()).isEqualTo(CloneMethod.IMPORT);
    assertThat(api.main().getPassword()).isNotEqualTo(original.getPassword());
    assertThat(query(api.main().branch().create(), "SELECT answer FROM only_there"))
        .isEqualTo("42");
    assertThat(query(api.main().restart(), "SELECT answer FROM only_there")).isEqualTo("42");
    ImportProgress last = told.get(told.size() - 1);
    assertThat(told.get(0).done()).isZero();
    assertThat(last.total()).hasValue(last.done());
    assertThat(told).extracting(ImportProgress::done).isSorted();
  }

  @Test
  void itsConfigurationComesAlongButForWhatActsInItsName() throws Exception {
    foreign.append("postgresql.conf", "work_mem = '7MB'\nssl = on\nwal_level = minimal\n");
    foreign.append(
        "postgresql.auto.conf",
        "synchronous_standby_names = 'away'\narchive_command = 'false'\nport = 1\n"
            + "recovery_target_name = 'then'\nmax_wal_senders = 0\n"
            + "ssl_ca_file = 'away.crt'\nssl_crl_file = 'away.crl'\nssl_crl_dir = 'away'\n"
            + "ssl_dh_params_file = 'away.pem'\nrecovery_min_apply_delay = '1d'\n");
    foreign.write("postgresql.conf.d-is-not-read", "");
    foreign.write("standby.signal", "");

    Branch main = bpg.newDatabase("api").fromDataFolder(foreign.folder()).create().main();

    assertThat(query(main, "SHOW work_mem")).isEqualTo("7MB");
    assertThat(query(main, "SHOW ssl")).isEqualTo("off");
    for (String name : List.of("ca_file", "crl_file", "crl_dir", "dh_params_file")) {
      assertThat(query(main, "SHOW ssl_" + name)).isEmpty();
    }
    assertThat(query(main, "SHOW wal_level")).isEqualTo("replica");
    assertThat(query(main, "SELECT pg_is_in_recovery()")).isEqualTo("f");
    execute(main, "CREATE TABLE commits_at_once ()");
    assertThat(query(main.branch().create(), "SELECT count(*) FROM commits_at_once"))
        .isEqualTo("0");
  }

  @Test
  void preparedTransactionsComeAlongWithoutTheConfigurationToo() throws Exception {
    Branch large =
        bpg.from(Library.SHOP)
            .setting("max_connections", "130")
            .setting("max_prepared_transactions", "2")
            .create();
    execute(large, "BEGIN; CREATE TABLE pending (); PREPARE TRANSACTION 'one'");
    try (ForeignCluster other = ForeignCluster.of(library, large)) {
      for (Set<DataFolderOption> options :
          List.of(Set.<DataFolderOption>of(), Set.of(DataFolderOption.WITHOUT_CONFIGURATION))) {
        Branch main =
            bpg.newDatabase("api")
                .fromDataFolder(other.folder(), options.toArray(DataFolderOption[]::new))
                .create()
                .main();
        assertThat(query(main, "SHOW max_connections"))
            .isEqualTo(options.isEmpty() ? "130" : "100");
        assertThat(query(main, "SELECT gid FROM pg_prepared_xacts")).isEqualTo("one");
        execute(main.branch().create(), "COMMIT PREPARED 'one'; SELECT FROM pending");
        bpg.deleteDatabase("api");
      }
    }
  }

  @Test
  void aFolderThatOthersMayEnterBecomesPrivate() throws Exception {
    Files.setPosixFilePermissions(foreign.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));

    Branch main = bpg.newDatabase("api").fromDataFolder(foreign.folder()).create().main();

    assertThat(query(main, "SHOW data_directory_mode")).isEqualTo("0700");
  }

  @Test
  void itsConfigurationIsLeftBehindOnRequestOrWhereItIsElsewhere() throws Exception {
    foreign.append("postgresql.conf", "work_mem = '7MB'\ninclude '/etc/postgresql/site.conf'\n");
    foreign.append("postgresql.auto.conf", "maintenance_work_mem = '9MB'\n");

    Branch without =
        bpg.newDatabase("api")
            .fromDataFolder(foreign.folder(), DataFolderOption.WITHOUT_CONFIGURATION)
            .setting("work_mem", "5MB")
            .create()
            .main();
    assertThat(query(without, "SHOW work_mem")).isEqualTo("5MB");
    assertThat(query(without, "SHOW maintenance_work_mem")).isEqualTo("64MB");

    Files.delete(foreign.folder().resolve("postgresql.conf"));
    Branch debian = bpg.newDatabase("debian").fromDataFolder(foreign.folder()).create().main();
    assertThat(query(debian, "SHOW maintenance_work_mem")).isEqualTo("9MB");
    assertThat(query(debian, "SELECT answer FROM only_there")).isEqualTo("42");
  }

  @Test
  void refusesAConfigurationThatIncludesFilesFromOutside() throws Exception {
    foreign.write("more.conf", "include_dir = '../conf.d'\n");
    foreign.append("postgresql.conf", "include_if_exists 'more.conf'\n");

    refused(
        RefusedException.class,
        "more.conf includes ../conf.d, which is outside of the folder",
        "leave its configuration behind with DataFolderOption.WITHOUT_CONFIGURATION");
  }

  @Test
  void refusesAFolderWhoseServerRuns() throws Exception {
    // Any process that works in it will do: this is how a server is known.
    Process server = new ProcessBuilder("sleep", "60").directory(foreign.folder().toFile()).start();
    try {
      foreign.write("postmaster.pid", server.pid() + "\n");
      refused(
          BusyException.class,
          "its server runs (pid " + server.pid() + ")",
          "stop its server with pg_ctl stop -m fast, or take the data from the running server");
    } finally {
      server.destroyForcibly().waitFor();
    }
    assertThat(bpg.newDatabase("api").fromDataFolder(foreign.folder()).create().name())
        .as("the number of a process that ended, or is another one, is no server")
        .isEqualTo("api");
  }

  @Test
  void refusesAFolderThatWasNotShutDown() throws Exception {
    Path control = foreign.folder().resolve("global/pg_control");
    byte[] bytes = Files.readAllBytes(control);
    bytes[java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN ? 16 : 19] = 6;
    Files.write(control, bytes);

    refused(
        RefusedException.class,
        "its last server was not shut down: it crashed, still runs elsewhere, or this is a base"
            + " backup that no server was started on yet",
        "start its server once and stop it with pg_ctl stop -m fast");
  }

  @Test
  void refusesLinksThatLeadOut() throws Exception {
    Path link = foreign.folder().resolve("pg_tblspc/16400");
    Files.createSymbolicLink(link, Path.of("/srv/fast"));
    refused(
        RefusedException.class,
        "pg_tblspc/16400 is a link to /srv/fast, outside of it",
        "move what is in the tablespace to pg_default with ALTER TABLE … SET TABLESPACE, drop it,"
            + " and stop the server");
    Files.delete(link);

    Path wal = foreign.folder().resolve("pg_wal");
    Files.move(wal, foreign.folder().resolveSibling("pg_wal elsewhere"));
    Files.createSymbolicLink(wal, Path.of("../pg_wal elsewhere"));
    try {
      refused(
          RefusedException.class,
          "pg_wal is a link to ../pg_wal elsewhere, outside of it",
          "put what it leads to in its place while the server is stopped");
    } finally {
      Files.delete(wal);
      Files.move(foreign.folder().resolveSibling("pg_wal elsewhere"), wal);
    }
  }

  @Test
  void refusesWhatThisUserMayNotRead() throws Exception {
    assumeFalse(SystemUser.isRoot(), "root may read everything");
    Path file = foreign.folder().resolve("PG_VERSION");
    Files.setPosixFilePermissions(file, Set.of());
    refused(
        RefusedException.class,
        "this user may not read " + file,
        "run as the user that it belongs to, or as root");
    Files.setPosixFilePermissions(foreign.folder(), Set.of());
    try {
      assertThatThrownBy(
              () -> bpg.newDatabase("api").fromDataFolder(foreign.folder().resolve("x")).create())
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(": this user may not read ");
    } finally {
      Files.setPosixFilePermissions(foreign.folder(), PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void refusesWhatIsNoDataFolderAndAnotherMajor() throws Exception {
    Path empty = Files.createDirectory(foreign.folder().resolve("empty"));
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDataFolder(empty).create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot import the data folder "
                + empty
                + ": it is not a data folder of Postgres: it has no PG_VERSION\n"
                + "HINT: name the folder that SHOW data_directory tells");
    Path missing = empty.resolve("missing");
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDataFolder(missing).create())
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot import the data folder "
                + missing
                + ": there is no such folder\nHINT: correct the path");

    int major = original.build().major();
    int other = major == 18 ? 17 : major + 1;
    assertThatThrownBy(
            () -> bpg.newDatabase("api").version(other).fromDataFolder(foreign.folder()).create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot import the data folder %s: it belongs to Postgres %d, and %d is wanted\n"
                    .formatted(foreign.folder(), major, other)
                + "HINT: ask for version(%d), or take a dump of it, which any newer version can"
                    .formatted(major)
                + " restore");
    assertNothingButTheOriginal();
  }

  @Test
  void refusesAClusterThatHasNoSuperuserPostgresAndLeavesNothing() throws Exception {
    original.start();
    execute(original, "CREATE ROLE boss SUPERUSER LOGIN PASSWORD 'x'");
    try (var connection =
        java.sql.DriverManager.getConnection(original.getJdbcUrl(), "boss", "x")) {
      execute(connection, "ALTER ROLE postgres RENAME TO admin");
    }
    ForeignCluster other = ForeignCluster.of(library, original);
    try {
      assertThatThrownBy(() -> bpg.newDatabase("api").fromDataFolder(other.folder()).create())
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(
              "cannot import the data folder "
                  + other.folder()
                  + ": bpg does not get into it as postgres: FATAL: role \"postgres\" does not"
                  + " exist")
          .hasMessageEndingWith(
              "\nHINT: run CREATE ROLE postgres SUPERUSER LOGIN (or ALTER ROLE) and CREATE"
                  + " DATABASE postgres there, as far as they are missing, and import it again");
    } finally {
      other.close();
    }
    assertNothingButTheOriginal();
  }

  @Test
  void aListenerThatFailsEndsTheImportAndNothingStays() throws Exception {
    IllegalStateException enough = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                bpg.newDatabase("api")
                    .fromDataFolder(foreign.folder())
                    .onProgress(
                        progress -> {
                          if (progress.done() > 1_000_000) {
                            throw enough;
                          }
                        })
                    .create())
        .isSameAs(enough);
    assertNothingButTheOriginal();
  }

  private void refused(Class<? extends BpgException> type, String reason, String hint)
      throws Exception {
    Map<String, String> before = foreign.state();
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDataFolder(foreign.folder()).create())
        .isInstanceOf(type)
        .hasMessage(
            "cannot import the data folder %s: %s\nHINT: %s"
                .formatted(foreign.folder(), reason, hint));
    assertThat(foreign.state()).isEqualTo(before);
    assertNothingButTheOriginal();
  }

  private void assertNothingButTheOriginal() throws Exception {
    if (bpg.listBranches().stream().anyMatch(left -> left.name().equals(original.name()))) {
      original.delete();
    }
    assertNothingChanged();
  }
}
