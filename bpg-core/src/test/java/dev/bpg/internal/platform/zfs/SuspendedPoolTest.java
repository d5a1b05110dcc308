package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool whose only disk, a file in a small memory file system, can no longer be written. */
@Timeout(300)
class SuspendedPoolTest {

  private static final int MEGABYTE = 1 << 20;

  private static void fill(Path file) {
    byte[] bytes = new byte[MEGABYTE];
    new Random(1).nextBytes(bytes);
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < 150; i++) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyCallEndsAndOtherPoolsGoOn() throws Exception {
    try (TestZfs test = TestZfs.make();
        TestPool pool = TestPool.make("bpgsuspended", "80m", "512m")) {
      DatasetName dataset = pool.root().child("a");
      test.zfs().datasets().create(dataset, TestZfs.unmounted().with("compression", "off"));
      Path mounted = pool.folder("mounted");
      test.zfs().mounts().mount(dataset, mounted);
      Thread writer = new Thread(() -> fill(mounted.resolve("file")));
      writer.setDaemon(true);
      writer.start();
      pool.awaitSuspended();
      try {
        assertEveryCallEnds(test, dataset, mounted);
      } finally {
        pool.resume();
      }
      writer.join();
    }
  }

  private static void assertEveryCallEnds(TestZfs test, DatasetName dataset, Path mounted)
      throws IOException {
    Zfs impatient = test.zfs().withTimeout(Duration.ofSeconds(5));
    DatasetName child = dataset.child("b");
    ZfsException e =
        Errors.assertFails(
            Kind.SUSPENDED,
            11,
            "cannot create dataset "
                + child
                + ": the pool \"bpgsuspended\" is suspended, for it cannot reach its devices",
            () -> impatient.datasets().create(child, PropertySettings.none()));
    assertThat(e.hint()).contains("bring the devices back and run: zpool clear bpgsuspended");

    assertThat(catchThrowableOfType(ZfsException.class, () -> impatient.mounts().unmount(mounted)))
        .extracting(ZfsException::kind)
        // Busy while the writer has not closed its file.
        .isIn(Kind.OUTCOME_UNKNOWN, Kind.BUSY);
    Zfs.open();

    DatasetName elsewhere = test.create("elsewhere");
    assertThat(test.zfs().datasets().exists(elsewhere)).isTrue();
    assertThat(impatient.properties().children(test.root())).containsExactly(elsewhere);
  }
}
