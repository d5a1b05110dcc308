package dev.bpg.testing;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.StorageType;
import dev.bpg.internal.storage.FolderRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A home of real servers, for tests that kill whoever works in it. */
public final class PostgresHome implements AutoCloseable {

  private final Path folder;
  private final Path cache;
  private final StorageType storage;

  private PostgresHome(Path folder, StorageType storage) throws IOException {
    this.folder = passable(folder);
    this.cache = passable(Files.createDirectories(Path.of("/var/tmp/bpg-test-cache-" + uid())));
    this.storage = storage;
  }

  /** One on a storage, in a folder on a file system that it works on. */
  public static PostgresHome on(StorageType storage) throws IOException {
    return new PostgresHome(
        switch (storage) {
          case BTRFS -> RealStorages.onBtrfs();
          case ZFS -> RealStorages.mountingZfs();
          default -> RealStorages.inMemory();
        },
        storage);
  }

  /** One in a folder, with plain copies. */
  public static PostgresHome in(Path folder) throws IOException {
    return new PostgresHome(folder, StorageType.COPY);
  }

  private static Object uid() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  // As root, servers run as another user.
  private static Path passable(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** Where binaries are unpacked. */
  public Path cache() {
    return cache;
  }

  /** The storage's name. */
  public String storage() {
    return storage.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Its configuration. */
  public BpgConfig config() {
    return TestStorage.configure(BpgConfig.builder().home(folder), storage, folder)
        .storagePath(WiredHome.volumes(folder))
        .processCache(cache)
        .build();
  }

  /** Opens it as users do. */
  public Bpg open() {
    return Bpg.open(config());
  }

  /**
   * Waits until no other process has a lock of it. A child that a killed process had just begun has
   * that one's, until it runs its own program: on a busy machine that takes a while.
   */
  public void awaitUnlocked() throws IOException {
    String locks = folder.toRealPath() + "/locks/";
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (OpenFiles.ofOthers().anyMatch(file -> file.startsWith(locks))) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("somebody keeps a lock in " + locks);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** What is in it that belongs to no branch. */
  public Strays strays() {
    return new Strays(folder);
  }

  /** Makes a table of 1000 rows in a branch. */
  public static void fill(Branch branch) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT * FROM generate_series(1, 1000)");
    }
  }

  /** The number of rows of that table. */
  public static long rows(Branch branch) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM t")) {
      result.next();
      return result.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    try (Bpg bpg = open()) {
      bpg.listDatabases().forEach(database -> bpg.deleteDatabase(database.name()));
    }
    FolderRemoval.remove(folder);
  }
}
