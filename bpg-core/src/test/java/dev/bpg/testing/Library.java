package dev.bpg.testing;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.config.BpgConfigBuilder;
import dev.bpg.error.NotFoundException;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.Catalog;
import dev.bpg.internal.storage.FolderRemoval;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;

/** A home on one storage, opened, with a database {@code shop} that nobody writes to. */
public final class Library implements AutoCloseable {

  /** The name of the main branch that tests make their branches from. */
  public static final String SHOP = "shop/main";

  private final TestStorage storage;
  private final Path folder;
  private final Path cache;
  private final Bpg bpg;

  private Library(TestStorage storage, Path folder, Path cache) {
    this.storage = storage;
    this.folder = folder;
    this.cache = cache;
    this.bpg = Bpg.open(config().build());
  }

  static Library open(TestStorage storage, Path cache) throws IOException {
    Library library = new Library(storage, reachable(storage.newFolder()), cache);
    library.bpg.newDatabase("shop").initialSql(ShopSql.TEXT).create();
    return library;
  }

  /** Lets others pass: as root, servers run as another user. */
  public static Path reachable(Path folder) throws IOException {
    java.nio.file.Files.setPosixFilePermissions(
        folder, PosixFilePermissions.fromString("rwx--x--x"));
    return folder;
  }

  /** The storage that this is on. */
  public TestStorage storage() {
    return storage;
  }

  /** The library, opened. */
  public Bpg bpg() {
    return bpg;
  }

  /** Its home folder. */
  public Path home() {
    return folder.resolve("home");
  }

  /** Where binaries are unpacked, once for all tests. */
  public Path cache() {
    return cache;
  }

  /** The data folder of a branch. */
  public Path data(Branch branch) {
    return home().resolve("volumes").resolve(branch.id()).resolve("data");
  }

  /** A configuration of this home, to be changed as needed. */
  public BpgConfigBuilder config() {
    return config(home(), storage, cache);
  }

  /** A configuration of a home. */
  public static BpgConfigBuilder config(Path home, TestStorage storage, Path cache) {
    return storage.config(home).processCache(cache);
  }

  /** The main branch that tests make their branches from. */
  public Branch shop() {
    return bpg.getBranch(SHOP);
  }

  /** The files that branches leave; see {@link Traces}. */
  public java.util.Set<String> files() throws IOException {
    return Traces.files(home());
  }

  /** The servers that run; see {@link Traces}. */
  public java.util.Set<String> servers() throws IOException {
    java.util.Set<String> servers = Traces.servers(home());
    if (storage.isInDocker()) {
      servers.addAll(DockerCli.all(home()));
    }
    return servers;
  }

  /** Deletes everything but the shop's main branch, and waits for what is being deleted. */
  public void deleteWhatTestsLeft() {
    List<Branch> left = bpg.listBranches();
    for (Branch branch : left) {
      if (branch.parent().filter(SHOP::equals).isPresent()) {
        forceDelete(branch);
      } else if (branch.parent().isEmpty() && !branch.name().equals(SHOP)) {
        bpg.deleteDatabase(branch.name().substring(0, branch.name().indexOf('/')));
      }
    }
    // Those are not listed any more. The next test would see them go.
    Catalog catalog = new Catalog(home().resolve("catalog"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> catalog.list().stream().noneMatch(record -> record.state() == State.DELETING));
  }

  // A temporary one that a test closed, or one whose time has come, may go by itself just then.
  private static void forceDelete(Branch branch) {
    try {
      branch.forceDelete();
    } catch (NotFoundException e) {
      Assertions.assertEquals("delete branch", e.operation());
    }
  }

  @Override
  public void close() throws IOException {
    deleteWhatTestsLeft();
    bpg.deleteDatabase("shop");
    bpg.close();
    delete(folder);
  }

  /** Deletes a folder with all that is in it; a watchdog that is about to end may do so, too. */
  public static void delete(Path folder) throws IOException {
    FolderRemoval.remove(folder);
  }
}
