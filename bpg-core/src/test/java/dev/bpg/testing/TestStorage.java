package dev.bpg.testing;

import dev.bpg.config.BpgConfig;
import dev.bpg.config.BpgConfigBuilder;
import dev.bpg.config.DockerConfig;
import dev.bpg.config.ServerType;
import dev.bpg.config.StorageType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The storages, each on a file system that it works on, some with both kinds of servers. */
public enum TestStorage {
  /** Plain copies, on any file system. */
  COPY(StorageType.COPY, false, false),
  /** Files that share their blocks, on xfs. */
  REFLINK(StorageType.REFLINK, false, true),
  /** Snapshots of subvolumes. */
  BTRFS(StorageType.BTRFS, true, true),
  /** Snapshots and clones of datasets. */
  ZFS(StorageType.ZFS, true, true),
  /** Plain copies, with servers in containers. */
  COPY_IN_DOCKER(StorageType.COPY, false, false),
  /** Snapshots of subvolumes, with servers in containers. */
  BTRFS_IN_DOCKER(StorageType.BTRFS, true, true),
  /** Snapshots and clones of datasets, with servers in containers. */
  ZFS_IN_DOCKER(StorageType.ZFS, true, true);

  private static final String SELECTION = "BPG_TEST_STORAGES";

  private static final int MAJOR = 17;

  private final StorageType type;
  private final boolean atomic;
  private final boolean sharing;

  TestStorage(StorageType type, boolean atomic, boolean sharing) {
    this.type = type;
    this.atomic = atomic;
    this.sharing = sharing;
  }

  /**
   * Those to test here: the ones that {@code BPG_TEST_STORAGES} lists, such as {@code copy,btrfs},
   * or all.
   */
  public static List<TestStorage> selected() {
    return Arrays.stream(values()).filter(TestStorage::isSelected).toList();
  }

  /**
   * Of those, one that copies file by file and one that is atomic, where there are such; in Docker
   * the latter only, for the servers are the same.
   */
  public static List<TestStorage> selectedOfEachKind() {
    List<TestStorage> ofEachKind =
        selected().stream().filter(List.of(COPY, BTRFS, BTRFS_IN_DOCKER)::contains).toList();
    return ofEachKind.isEmpty() ? selected() : ofEachKind;
  }

  /** One of those with servers in containers, for tests in which the storage has no part. */
  public static TestStorage anyInDocker() {
    return selected().stream().filter(TestStorage::isInDocker).findFirst().orElse(COPY_IN_DOCKER);
  }

  /** Whether it is to be tested here. */
  public boolean isSelected() {
    String selection = System.getenv(SELECTION);
    return selection == null
        || List.of(selection.toUpperCase(Locale.ROOT).split("[, ]+")).contains(name());
  }

  /** Its name in the configuration. */
  public StorageType type() {
    return type;
  }

  /** Whether it takes a volume at one instant. */
  public boolean isAtomic() {
    return atomic;
  }

  /** Whether a branch shares with its parent what neither has written. */
  public boolean isSharing() {
    return sharing;
  }

  /** Has a configuration use this storage; the same home always gets the same place. */
  public static BpgConfigBuilder configure(BpgConfigBuilder config, StorageType type, Path home) {
    if (type == StorageType.ZFS) {
      config.zfsDataset(RealStorages.datasetOf(home));
    }
    return config.storage(type);
  }

  /** Whether servers run in containers, and not as processes. */
  public boolean isInDocker() {
    return name().endsWith("_IN_DOCKER");
  }

  /** A configuration of a home on it; aborts the test if it needs Docker and there is none. */
  public BpgConfigBuilder config(Path home) {
    BpgConfigBuilder config = configure(BpgConfig.builder().home(home), type, home);
    return isInDocker()
        ? config
            .server(ServerType.DOCKER)
            .docker(DockerConfig.defaults().withImage(RealDocker.image(MAJOR)))
        : config;
  }

  /** A new folder on such a file system. */
  public Path newFolder() throws IOException {
    if (isInDocker()) {
      RealDocker.images();
    }
    return switch (this) {
      case COPY, COPY_IN_DOCKER -> RealStorages.anywhere();
      case REFLINK -> RealStorages.onXfs();
      case BTRFS, BTRFS_IN_DOCKER -> RealStorages.onBtrfs();
      case ZFS, ZFS_IN_DOCKER -> RealStorages.mountingZfs();
    };
  }
}
