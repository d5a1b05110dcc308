package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of pools that are full, read-only or gone. */
@Timeout(300)
class PoolFaultsTest {

  private TestPool pool;
  private Zfs zfs;
  private DatasetName dataset;
  private SnapshotName snapshot;

  @BeforeEach
  void make() throws Exception {
    pool = TestPool.make("bpgfaults", "200m", "128m");
    zfs = Zfs.open();
    dataset = pool.root().child("a");
    snapshot = dataset.snapshot("s");
    zfs.datasets().create(dataset, TestZfs.unmounted().with("compression", "off"));
    zfs.snapshots().create(snapshot, PropertySettings.none());
  }

  @AfterEach
  void destroy() throws Exception {
    if (pool != null) {
      pool.close();
    }
  }

  @Test
  void aReadOnlyOneIsReadAndNotChanged() throws Exception {
    pool.export();
    pool.load("-o", "readonly=on");
    DatasetName other = pool.root().child("b");
    Errors.assertFails(
        Kind.READ_ONLY,
        30,
        "cannot clone snapshot " + snapshot + " to " + other + ": the pool is read-only",
        () -> zfs.datasets().clone(snapshot, other, TestZfs.unmounted()));
    Errors.assertFails(
        Kind.READ_ONLY,
        30,
        "cannot create snapshot bpgfaults/a@t: the pool is read-only",
        () -> zfs.snapshots().create(dataset.snapshot("t"), PropertySettings.none()));
    assertThat(zfs.properties().snapshots(dataset)).containsExactly(snapshot);
    assertThat(zfs.properties().ofPool("bpgfaults").number("readonly")).hasValue(1);
  }

  @Test
  void oneThatWasExportedUnderUsIsNotThere() throws Exception {
    pool.export();
    DatasetName other = pool.root().child("b");
    assertThat(zfs.datasets().exists(dataset)).isFalse();
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot create dataset " + other + ": there is no dataset bpgfaults to have it",
        () -> zfs.datasets().create(other, TestZfs.unmounted()));
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot read properties of pool bpgfaults: it does not exist",
        () -> zfs.properties().ofPool("bpgfaults"));
    pool.load();
    assertThat(zfs.datasets().exists(dataset)).isTrue();
  }

  @Test
  void aFullOneSaysSoAndLetsThingsBeDestroyed() throws Exception {
    Path folder = pool.folder("full");
    zfs.mounts().mount(dataset, folder);
    assertThatThrownBy(() -> fill(folder.resolve("file")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
    DatasetName other = pool.root().child("b");
    Errors.assertFails(
        Kind.NO_SPACE,
        28,
        "cannot create dataset " + other + ": the pool has not enough space",
        () -> zfs.datasets().create(other, TestZfs.unmounted()));
    assertThat(zfs.datasets().exists(other)).isFalse();
    zfs.mounts().unmount(folder);
    zfs.snapshots().destroy(snapshot, Needed.FAIL);
    zfs.datasets().destroy(dataset);
  }

  private static void fill(Path file) throws IOException {
    byte[] bytes = new byte[1 << 20];
    Random random = new Random(1);
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        random.nextBytes(bytes);
        out.write(bytes);
      }
    }
  }

  @Test
  void aReservationAboveAQuotaLeavesNoDataset() throws ZfsException {
    zfs.properties().set(dataset, PropertySettings.none().with("quota", 10L << 20));
    DatasetName child = dataset.child("b");
    Errors.assertFails(
        Kind.NO_SPACE,
        28,
        "cannot create dataset " + child + ": the pool has not enough space",
        () -> zfs.datasets().create(child, TestZfs.unmounted().with("reservation", 50L << 20)));
    assertThat(zfs.datasets().exists(child)).isFalse();
  }

  @Test
  void aVolumeHasNothingBelowItAndIsNotMounted() throws Exception {
    DatasetName volume = pool.root().child("v");
    TestPool.run("zfs", "create", "-s", "-V", "10m", volume.value());
    DatasetName child = volume.child("b");
    Errors.assertFails(
        Kind.UNSUPPORTED,
        "cannot create dataset " + child + ": its parent is not a file system",
        () -> zfs.datasets().create(child, TestZfs.unmounted()));
    Path folder = pool.folder("v");
    Errors.assertFails(
        Kind.UNSUPPORTED,
        "cannot mount dataset "
            + volume
            + " at "
            + folder
            + ": it is no file system, or its parts cannot be read",
        () -> zfs.mounts().mount(volume, folder));
  }

  @Test
  void aKeyThatIsNotLoadedIsToldFromMissingRights() throws Exception {
    DatasetName secret = pool.root().child("secret");
    Path key = pool.folder("keys").resolve("key");
    Files.write(key, new byte[32]);
    TestPool.run(
        "zfs",
        "create",
        "-o",
        "encryption=on",
        "-o",
        "keyformat=raw",
        "-o",
        "keylocation=file://" + key,
        secret.value());
    TestPool.run("zfs", "unload-key", secret.value());
    Path folder = pool.folder("secret");
    ZfsException e =
        Errors.assertFails(
            Kind.NOT_PERMITTED,
            13,
            "cannot mount dataset "
                + secret
                + " at "
                + folder
                + ": its encryption key is not loaded, or this user may not reach the folder",
            () -> zfs.mounts().mount(secret, folder));
    assertThat(e.hint()).contains("load the key: zfs load-key " + secret);
    DatasetName child = secret.child("b");
    Errors.assertFails(
        Kind.NOT_PERMITTED,
        13,
        "cannot create dataset "
            + child
            + ": an encryption key is not loaded, or this user may not",
        () -> zfs.datasets().create(child, TestZfs.unmounted()));
  }
}
