package dev.bpg.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Folders on the file systems that tests need. One that is not configured skips the test, or fails
 * it where everything has to run: with {@code BPG_REQUIRE=true}.
 */
public final class RealStorages {

  private RealStorages() {}

  /** A new folder on btrfs, below the one that {@code BPG_TEST_BTRFS} names. */
  public static Path onBtrfs() throws IOException {
    return newFolder("BPG_TEST_BTRFS", "a folder on btrfs");
  }

  /** A new folder on xfs with reflink, below the one that {@code BPG_TEST_XFS} names. */
  public static Path onXfs() throws IOException {
    return newFolder("BPG_TEST_XFS", "a folder on xfs with reflink=1");
  }

  /** A new folder on a file system of at most 64 MB, which {@code BPG_TEST_TINY} names. */
  public static Path onTiny() throws IOException {
    return newFolder(
        "BPG_TEST_TINY", "a folder on a file system of at most 64 MB, such as a tmpfs");
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

  private static Path newFolder(String variable, String what) throws IOException {
    String value = System.getenv(variable);
    if (value == null || value.isBlank()) {
      String message = "needs " + what + ": set " + variable + " to one";
      if ("true".equals(System.getenv("BPG_REQUIRE"))) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    return Files.createTempDirectory(Files.createDirectories(Path.of(value)), "bpg test ");
  }
}
