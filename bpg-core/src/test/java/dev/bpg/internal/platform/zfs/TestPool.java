package dev.bpg.internal.platform.zfs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A pool for one test, on a file in a memory file system; for what must not happen to the pool that
 * other tests use. Made by {@code zpool}, as root.
 */
final class TestPool implements AutoCloseable {

  private final String name;
  private final Path memory;
  private boolean exported;

  private TestPool(String name, Path memory) {
    this.name = name;
    this.memory = memory;
  }

  /**
   * Makes one; skips the test if it cannot.
   *
   * @param memory how large the file system is
   * @param disk how large the pool believes its disk to be
   */
  static TestPool make(String name, String memory, String disk) throws Exception {
    TestZfs.parent();
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to make a pool");
    Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "bpg-pool");
    run("mount", "-t", "tmpfs", "-o", "size=" + memory, "tmpfs", folder.toString());
    run("truncate", "-s", disk, folder.resolve("disk").toString());
    run("zpool", "create", "-o", "failmode=wait", "-O", "mountpoint=none", name, folder + "/disk");
    return new TestPool(name, folder);
  }

  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  // A pool, and what its disk is on, is busy while the kernel works on what it was last told.
  private static void patiently(String... command) {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(
            () -> {
              run(command);
              return true;
            });
  }

  DatasetName root() {
    return new DatasetName(name);
  }

  /** A new folder to mount at. */
  Path folder(String called) throws IOException {
    return Files.createDirectory(memory.resolve(called));
  }

  void export() throws Exception {
    patiently("zpool", "export", name);
    exported = true;
  }

  void load(String... options) throws Exception {
    String[] command = Arrays.copyOf(new String[] {"zpool", "import", "-d"}, 5 + options.length);
    command[3] = memory.toString();
    System.arraycopy(options, 0, command, 4, options.length);
    command[4 + options.length] = name;
    run(command);
    exported = false;
  }

  void awaitSuspended() {
    Path state = Path.of("/proc/spl/kstat/zfs", name, "state");
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> Files.readString(state).strip().equals("SUSPENDED"));
  }

  /** Gives the disk its space back. */
  void resume() throws Exception {
    run("mount", "-o", "remount,size=1g", memory.toString());
    run("zpool", "clear", name);
  }

  @Override
  public void close() throws Exception {
    if (!exported) {
      patiently("zpool", "destroy", "-f", name);
    }
    patiently("umount", memory.toString());
    Files.delete(memory);
  }
}
