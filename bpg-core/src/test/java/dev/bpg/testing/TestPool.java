package dev.bpg.testing;

import static dev.bpg.testing.ZfsCommand.zpool;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A pool of its own on a file of 128 MiB, for tests of what happens to pools. */
public final class TestPool implements AutoCloseable {

  private final String name;
  private final Path folder;

  private TestPool(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  /** Makes one; aborts or fails the test where there is no ZFS, as {@link RealStorages} says. */
  public static TestPool create() throws IOException {
    RealStorages.zfs();
    Path folder = RealStorages.anywhere();
    Path file = folder.resolve("pool");
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(128L << 20);
    }
    String name = "bpgtest" + ProcessHandle.current().pid();
    zpool("create", "-m", "none", name, file.toString());
    return new TestPool(name, folder);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Takes it away from this machine, as it is. */
  public void export() {
    patiently("export", name);
  }

  // A pool is busy for a moment while the kernel works on what it was last told.
  private static void patiently(String... arguments) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> zpool(arguments));
  }

  /** Brings it back. */
  public void bringBack(String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "import";
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[options.length + 1] = "-d";
    arguments[options.length + 2] = folder.toString();
    arguments[options.length + 3] = name;
    zpool(arguments);
  }

  @Override
  public void close() throws IOException {
    patiently("destroy", "-f", name);
    Files.delete(folder.resolve("pool"));
    Files.delete(folder);
  }
}
