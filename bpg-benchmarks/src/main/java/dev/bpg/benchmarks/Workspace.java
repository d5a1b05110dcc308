package dev.bpg.benchmarks;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.BpgConfigBuilder;
import dev.bpg.config.DockerConfig;
import dev.bpg.config.ServerType;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.storage.VolumeFolders;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.Locale;
import java.util.Map;

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
    return on(storage, ServerType.AUTO);
  }

  /** Makes an empty one whose servers are of a type. */
  static Workspace on(StorageFolder storage, ServerType servers) throws IOException {
    Path folder = newFolderOn(storage);
    BpgConfigBuilder config = config(folder.resolve("home"), storage);
    String image = System.getenv("BPG_DOCKER_IMAGE");
    if (image != null) {
      config.docker(DockerConfig.defaults().withImage(image));
    }
    return new Workspace(folder, config.server(servers).build());
  }

  /** Makes an empty folder on a storage. */
  static Path newFolderOn(StorageFolder storage) throws IOException {
    Path base = Files.createDirectories(storage.folder());
    return traversable(Files.createTempDirectory(base, "bpg-benchmark-"));
  }

  // Servers of root run as another user, who has to get to their data.
  private static Path traversable(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  /** The configuration of a home on a storage; the binaries are unpacked beside it. */
  static BpgConfigBuilder config(Path home, StorageFolder storage) {
    return BpgConfig.builder()
        .home(home)
        .storage(storage.type())
        .processCache(home.resolveSibling("cache"));
  }

  /** What tells annotations a configuration: system properties. */
  static Map<String, String> properties(BpgConfig config) {
    return Map.of(
        "bpg.home", config.home().toString(),
        "bpg.storage.type", config.storage().name().toLowerCase(Locale.ROOT),
        "bpg.storage.path", config.storagePath().toString(),
        "bpg.process.cache", config.processCache().toString());
  }

  Bpg bpg() {
    return bpg;
  }

  BpgConfig config() {
    return config;
  }

  /** A new folder beside the home, on the same file system, that servers can get to. */
  Path newFolder(String name) throws IOException {
    return traversable(Files.createDirectory(folder.resolve(name)));
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
    FolderTree.delete(folder);
  }
}
