package dev.bpg.benchmarks;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.config.BpgConfig;
import dev.bpg.internal.storage.VolumeFolders;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A home folder on a storage that a benchmark has for itself, and all that is in it; gone when
 * closed.
 */
final class Workspace implements AutoCloseable {

  private static final int BYTES_PER_ROW = 1024;

  private final Path folder;
  private final BpgConfig config;
  private final Bpg bpg;

  private Workspace(Path folder, BpgConfig config) {
    this.folder = folder;
    this.config = config;
    this.bpg = Bpg.open(config);
  }

  /** Makes an empty one. */
  static Workspace on(StorageFolder storage) throws IOException {
    Path base = Files.createDirectories(storage.folder());
    Path folder = Files.createTempDirectory(base, "bpg-benchmark-");
    // Servers of root run as another user, who has to get to their data.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return new Workspace(folder, config(folder.resolve("home"), storage));
  }

  /** The configuration of a home on a storage; the binaries are unpacked beside it. */
  static BpgConfig config(Path home, StorageFolder storage) {
    return BpgConfig.builder()
        .home(home)
        .storage(storage.type())
        .processCache(home.resolveSibling("cache"))
        .build();
  }

  Bpg bpg() {
    return bpg;
  }

  BpgConfig config() {
    return config;
  }

  /** A new folder beside the home, on the same file system, that servers can get to. */
  Path newFolder(String name) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
  }

  /** Makes a database of about a size, at rest: nothing is left to be written or vacuumed. */
  Branch createParent(String name, long bytes) {
    Database database =
        bpg.newDatabase(name)
            .prepare(
                dataSource -> {
                  try (Connection connection = dataSource.getConnection()) {
                    connection
                        .createStatement()
                        .execute(
                            "CREATE TABLE filler AS SELECT id, repeat(md5(id::text), 30) AS payload"
                                + " FROM generate_series(1, "
                                + bytes / BYTES_PER_ROW
                                + ") AS id");
                    connection.createStatement().execute("VACUUM (FREEZE, ANALYZE)");
                  }
                })
            .create();
    return database.main();
  }

  /** The data folder of a branch. */
  Path data(Branch branch) {
    return new VolumeFolders(config.storagePath()).data(new BranchId(branch.id()));
  }

  @Override
  public void close() throws IOException {
    bpg.listDatabases().forEach(Database::delete);
    bpg.close();
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> entries = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : entries) {
        Files.delete(entry);
      }
    }
  }
}
