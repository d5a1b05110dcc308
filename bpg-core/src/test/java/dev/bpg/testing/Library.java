package dev.bpg.testing;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.BpgConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;

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

  /** A configuration of this home, to be changed as needed. */
  public BpgConfigBuilder config() {
    return config(home(), storage, cache);
  }

  /** A configuration of a home. */
  public static BpgConfigBuilder config(Path home, TestStorage storage, Path cache) {
    return BpgConfig.builder().home(home).storage(storage.type()).processCache(cache);
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
    return Traces.servers(home());
  }

  /** Deletes everything but the shop's main branch. */
  public void deleteWhatTestsLeft() {
    List<Branch> left = bpg.listBranches();
    for (Branch branch : left) {
      if (branch.parent().filter(SHOP::equals).isPresent()) {
        branch.forceDelete();
      } else if (branch.parent().isEmpty() && !branch.name().equals(SHOP)) {
        bpg.deleteDatabase(branch.name().substring(0, branch.name().indexOf('/')));
      }
    }
  }

  @Override
  public void close() throws IOException {
    deleteWhatTestsLeft();
    bpg.deleteDatabase("shop");
    bpg.close();
    delete(folder);
  }

  /** Deletes a folder with all that is in it. */
  public static void delete(Path folder) throws IOException {
    try (var files = java.nio.file.Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        java.nio.file.Files.delete(file);
      }
    }
  }
}
