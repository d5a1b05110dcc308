package dev.bpg.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.platform.SystemUser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A home on a file system of its own that becomes full: a small tmpfs. */
public final class SmallDisk implements AutoCloseable {

  private final Path mount;
  private final Path ballast;
  private final PostgresHome home;

  private SmallDisk(Path mount, PostgresHome home) {
    this.mount = mount;
    this.ballast = mount.resolve("ballast");
    this.home = home;
  }

  /** Mounts one of so many megabytes; aborts the test where that is not allowed. */
  public static SmallDisk mount(int megabytes) throws Exception {
    Assumptions.assumeTrue(SystemUser.isRoot(), "needs root to mount a small tmpfs");
    Path mount = RealStorages.anywhere();
    int status =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", mount.toString());
    if (status != 0) {
      Files.delete(mount);
      Assumptions.abort("needs the right to mount a small tmpfs");
    }
    return new SmallDisk(mount, PostgresHome.in(Files.createDirectory(mount.resolve("home"))));
  }

  /** The home on it. */
  public PostgresHome home() {
    return home;
  }

  /** The bytes that can be written yet. */
  public long space() throws IOException {
    return Files.getFileStore(mount).getUsableSpace();
  }

  /** Fills it up but for so many bytes. */
  public void fillUpTo(long left) throws IOException {
    byte[] block = new byte[4096];
    long bytes = space() - left;
    try (OutputStream out = Files.newOutputStream(ballast)) {
      for (long written = 0; written < bytes || left == 0; written += block.length) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  /** Takes away again what it was filled up with. */
  public void relieve() throws IOException {
    Files.delete(ballast);
  }

  @Override
  public void close() throws Exception {
    Files.deleteIfExists(ballast);
    home.close();
    run("umount", mount.toString());
    Files.delete(mount);
  }

  private static int run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
