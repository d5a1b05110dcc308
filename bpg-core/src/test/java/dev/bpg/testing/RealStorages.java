package dev.bpg.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Folders on the file systems that tests need. One that is not configured skips the test, or fails
 * it where everything has to run: with {@code BPG_REQUIRE=true}, unless it is for a storage that
 * {@code BPG_TEST_STORAGES} leaves out.
 */
public final class RealStorages {

  private RealStorages() {}

  /** A new folder on btrfs, below the one that {@code BPG_TEST_BTRFS} names. */
  public static Path onBtrfs() throws IOException {
    return newFolder(TestStorage.BTRFS, "BPG_TEST_BTRFS", "a folder on btrfs");
  }

  /** A new folder on xfs with reflink, below the one that {@code BPG_TEST_XFS} names. */
  public static Path onXfs() throws IOException {
    return newFolder(TestStorage.REFLINK, "BPG_TEST_XFS", "a folder on xfs with reflink=1");
  }

  /** A new folder on a file system of at most 64 MB, which {@code BPG_TEST_TINY} names. */
  public static Path onTiny() throws IOException {
    return newFolder(
        null, "BPG_TEST_TINY", "a folder on a file system of at most 64 MB, such as a tmpfs");
  }

  /** A new folder that users other than this one can reach, unlike JUnit's. */
  public static Path anywhere() throws IOException {
    return Files.createTempDirectory(Path.of("/var/tmp"), "bpg test ");
  }

  /**
   * A new folder in memory if that is possible here, for tests that are about processes and not
   * about disks, which would take most of their time.
   */
  public static Path inMemory() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory) ? Files.createTempDirectory(memory, "bpg test ") : anywhere();
  }

  /** A new folder for mount points; its dataset is {@link #datasetOf}. */
  public static Path mountingZfs() throws IOException {
    zfs();
    return anywhere();
  }

  /**
   * The dataset for the volumes of a home or folder, below the one that {@code BPG_TEST_ZFS} names.
   */
  public static String datasetOf(Path folder) {
    return zfs() + "/" + Integer.toHexString(folder.toAbsolutePath().toString().hashCode());
  }

  /** The dataset below which tests may make and destroy what they want. */
  public static String zfs() {
    return value(TestStorage.ZFS, "BPG_TEST_ZFS", "a dataset of ZFS to make others below");
  }

  private static String value(@Nullable TestStorage storage, String variable, String what) {
    String value = System.getenv(variable);
    if (value != null && !value.isBlank()) {
      return value;
    }
    String message = "needs " + what + ": set " + variable + " to one";
    boolean wanted = storage == null || storage.isSelected();
    if (wanted && "true".equals(System.getenv("BPG_REQUIRE"))) {
      Assertions.fail(message);
    }
    return Assumptions.abort(message);
  }

  private static Path newFolder(@Nullable TestStorage storage, String variable, String what)
      throws IOException {
    String value = value(storage, variable, what);
    return Files.createTempDirectory(Files.createDirectories(Path.of(value)), "bpg test ");
  }
}
