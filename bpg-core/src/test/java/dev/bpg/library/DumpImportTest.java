package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.error.CancelledException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.ImportProgress;
import dev.bpg.model.ImportProgress.Phase;
import dev.bpg.model.RestoreOptions;
import dev.bpg.testing.ClientTools;
import dev.bpg.testing.LiveFolder;
import dev.bpg.testing.TestStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpImportTest extends LibraryContract {

  // What the programs do does not depend on the storage.
  @Override
  protected TestStorage storage() {
    return TestStorage.selectedOfEachKind().get(0);
  }

  private static @TempDir Path folder;
  private static Set<TestStorage> made = new HashSet<>();

  private Path custom;
  private Path directory;
  private Path tar;
  private Path plain;

  // Once for each storage: a server of the major version of pg_dump, which dumps nothing newer.
  @BeforeEach
  void makeDumps() throws Exception {
    Path own = folder.resolve(storage().name());
    custom = own.resolve("shop.dump");
    directory = own.resolve("shop dir");
    tar = own.resolve("shop.tar");
    plain = own.resolve("shop.sql");
    if (!made.add(storage())) {
      return;
    }
    Files.createDirectories(own);
    Branch source = ClientTools.dumpable(library, "source").create().main();
    execute(source, "CREATE ROLE clerk; CREATE TABLE bills (id int PRIMARY KEY, payee text)");
    execute(source, "INSERT INTO bills SELECT n, 'payee ' || n FROM generate_series(1, 5000) n");
    execute(source, "CREATE TABLE notes AS SELECT 'with a \\ and a ''' AS note");
    execute(source, "ALTER TABLE bills OWNER TO clerk");
    ClientTools.dump(source, "-Fc", "-f", custom.toString());
    ClientTools.dump(source, "-Fd", "-f", directory.toString());
    ClientTools.dump(source, "-Ft", "-f", tar.toString());
    ClientTools.dump(source, "-Fp", "-f", plain.toString());
    bpg.deleteDatabase("source");
  }

  @Test
  void everyFormatIsRestoredWithOwnersAndProgress() throws Exception {
    for (Path dump : List.of(custom, directory, tar, plain)) {
      List<ImportProgress> told = new CopyOnWriteArrayList<>();

      Branch main =
          bpg.newDatabase("api")
              .initialSql("CREATE ROLE clerk")
              .fromDump(dump)
              .initialSql("ALTER TABLE public.bills ADD paid bool")
              .onProgress(told::add)
              .create()
              .main();

      assertThat(query(main, "SELECT count(*) || max(payee) FROM bills"))
          .as(dump.toString())
          .isEqualTo("5000payee 999");
      assertThat(query(main, "SELECT note FROM notes")).isEqualTo("with a \\ and a '");
      assertThat(query(main, "SELECT tableowner FROM pg_tables WHERE tablename = 'bills'"))
          .isEqualTo("clerk");
      assertThat(query(main, "SHOW data_directory")).isNotEmpty();
      ImportProgress last = told.get(told.size() - 1);
      assertThat(last.phase()).isEqualTo(dump == plain ? Phase.SCRIPT : Phase.RESTORE);
      assertThat(last.total())
          .hasValue(dump == plain ? Files.size(plain) : 2)
          .hasValue(last.done());
      assertThat(told.get(0).done()).isZero();
      assertThat(volume(main)).isDirectoryNotContaining("glob:**bpg-import");
      bpg.deleteDatabase("api");
    }
  }

  private static Path volume(Branch main) throws Exception {
    return Path.of(query(main, "SHOW data_directory")).getParent();
  }

  @Test
  void whatIsWrittenMeanwhileIsOutOfTheServersReach() throws Exception {
    Set<String> modes = new HashSet<>();
    Set<Path> places = new HashSet<>();

    bpg.newDatabase("api")
        .fromDump(custom, RestoreOptions.defaults().withoutOwners())
        .onProgress(
            progress -> {
              try {
                for (Path work : LiveFolder.entries(library.home(), 5)) {
                  if (work.endsWith("bpg-import")) {
                    places.add(work.resolveSibling("data"));
                    modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(work)));
                  }
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .create();

    assertThat(places).hasSize(1).allMatch(Files::isDirectory);
    assertThat(modes).containsExactly("rwx------");
  }

  @Test
  void aDumpGoesIntoAnotherSqlDatabaseWithoutItsOwners() throws Exception {
    RestoreOptions options = RestoreOptions.defaults().into("the \"shop's\" = 1").withoutOwners();

    Branch main = bpg.newDatabase("api").fromDump(custom, options.withJobs(2)).create().main();

    assertThat(query(main, "SELECT to_regclass('bills')")).isNull();
    assertThat(query(main, "SELECT datname FROM pg_database WHERE datname LIKE '%shop%'"))
        .isEqualTo("the \"shop's\" = 1");
    Branch branch = main.branch().create();
    assertThat(branch.isRunning()).isTrue();
  }

  @Test
  void aDumpThatFailsHalfWayIsInTheErrorAndLeavesNothing() throws Exception {
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDump(custom).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "cannot restore " + custom + ": " + program() + " ended with 1 and wrote:\n")
        .hasMessageContaining("role \"clerk\" does not exist")
        .hasMessageEndingWith(
            "\nHINT: make the role with initialSql before, or restore withoutOwners()");
    assertNothingChanged();

    byte[] bytes = Files.readAllBytes(custom);
    Path cut = Files.write(folder.resolve("cut.dump"), Arrays.copyOf(bytes, bytes.length / 2));
    RestoreOptions options = RestoreOptions.defaults().withoutOwners();
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDump(cut, options).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot restore " + cut + ": " + program());
    assertNothingChanged();

    Path junk = Files.write(folder.resolve("junk.dump"), "PGDMP and no more".getBytes());
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDump(junk).create())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(program() + " is older than the dump: ")
        .hasMessageEndingWith(
            "\nHINT: install the client programs of the Postgres that the dump was made with, or a"
                + " newer one");
    assertNothingChanged();
  }

  @Test
  void refusesWhatIsNoDumpBeforeAnythingIsMade() throws Exception {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDump(missing).create())
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot restore " + missing + ": there is no such dump\nHINT: correct the path");
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDump(folder).create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot restore "
                + folder
                + ": it is a folder, and no dump of pg_dump -Fd, for it has no toc.dat\n"
                + "HINT: name a dump");
    RestoreOptions options = RestoreOptions.defaults().withoutOwners();
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDump(plain, options).create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot restore "
                + plain
                + ": it is plain SQL, which says itself who owns what\nHINT: make the dump with"
                + " pg_dump --no-owner --no-privileges, or in the custom format");
    assertNothingChanged();
  }

  @Test
  void refusesAPipeWithoutWaitingForWhoWrites() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> bpg.newDatabase("api").fromDump(pipe).create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot restore "
                + pipe
                + ": it is neither a file nor a folder\n"
                + "HINT: write the dump to a file and name that");
    Files.delete(pipe);
    assertNothingChanged();
  }

  @Test
  void anInterruptEndsPgRestoreAndLeavesNothing() throws Exception {
    try {
      assertThatThrownBy(
              () ->
                  bpg.newDatabase("api")
                      .fromDump(custom, RestoreOptions.defaults().withoutOwners())
                      .onProgress(
                          progress -> {
                            if (progress.done() > 0) {
                              Thread.currentThread().interrupt();
                            }
                          })
                      .prepare(
                          source -> {
                            throw new AssertionError("was not interrupted");
                          })
                      .create())
          .isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertNothingChanged();
  }

  private static String program() throws Exception {
    return ClientTools.require("pg_restore").toString();
  }

  @Test
  void aDumpInPlainSqlThatFailsNamesItsLine() throws Exception {
    String sql = Files.readString(plain, StandardCharsets.UTF_8);
    Path broken = folder.resolve("broken.sql");
    Files.writeString(broken, sql.replace("CREATE TABLE public.notes", "CREATE TABEL notes"));

    assertThatThrownBy(
            () -> bpg.newDatabase("api").initialSql("CREATE ROLE clerk").fromDump(broken).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching("(?s)cannot run .*broken.sql:\\d+: .* near \"TABEL\"\nHINT: .*");
    assertNothingChanged();
  }
}
