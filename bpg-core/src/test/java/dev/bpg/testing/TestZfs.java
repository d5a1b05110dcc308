package dev.bpg.testing;

import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.Mount;
import dev.bpg.internal.platform.zfs.PropertyList;
import dev.bpg.internal.platform.zfs.PropertySettings;
import dev.bpg.internal.platform.zfs.SnapshotName;
import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.internal.platform.zfs.Zfs;
import dev.bpg.internal.platform.zfs.ZfsException;
import dev.bpg.internal.platform.zfs.ZfsUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;

/**
 * A new dataset of real ZFS for a test, below the one that {@code BPG_TEST_ZFS} names; destroyed
 * with all below it when closed. Not configured, it skips the test, or fails it where everything
 * has to run: with {@code BPG_REQUIRE=true}.
 */
public final class TestZfs implements AutoCloseable {

  private final Zfs zfs;
  private final DatasetName root;
  private final Path mounts;

  private TestZfs(Zfs zfs, DatasetName root, Path mounts) {
    this.zfs = zfs;
    this.root = root;
    this.mounts = mounts;
  }

  /** Makes one. */
  public static TestZfs make() throws IOException {
    DatasetName parent = parent();
    Zfs zfs = open();
    if (!zfs.datasets().exists(parent)) {
      zfs.datasets().create(parent, PropertySettings.none());
    }
    DatasetName root = parent.child("bpg-test-" + UUID.randomUUID());
    zfs.datasets().create(root, unmounted());
    return new TestZfs(zfs, root, RealStorages.anywhere());
  }

  /** The dataset that tests may use; skips the test if there is none. */
  public static DatasetName parent() {
    return new DatasetName(RealStorages.zfs());
  }

  private static Zfs open() {
    try {
      return Zfs.open();
    } catch (ZfsUnavailableException e) {
      return Assertions.fail("BPG_TEST_ZFS is set, but " + e.getMessage(), e);
    }
  }

  /** What keeps ZFS itself from mounting a dataset. */
  public static PropertySettings unmounted() {
    return PropertySettings.none().with("mountpoint", "legacy").with("canmount", "noauto");
  }

  /** ZFS. */
  public Zfs zfs() {
    return zfs;
  }

  /** The test's own dataset. */
  public DatasetName root() {
    return root;
  }

  /** Makes a dataset below it, not mounted. */
  public DatasetName create(String name) throws ZfsException {
    DatasetName made = root.child(name);
    zfs.datasets().create(made, unmounted());
    return made;
  }

  /** Makes a snapshot. */
  public SnapshotName snapshot(DatasetName of, String name) throws ZfsException {
    SnapshotName made = of.snapshot(name);
    zfs.snapshots().create(made, PropertySettings.none());
    return made;
  }

  /** Mounts a dataset at a folder of its own, with a space in its path. */
  public Path mount(DatasetName dataset) throws IOException {
    Path folder = Files.createDirectories(mounts.resolve(dataset.lastPart()));
    zfs.mounts().mount(dataset, folder);
    return folder;
  }

  @Override
  public void close() throws IOException {
    List<Mount> mounted = zfs.mounts().all();
    for (int i = mounted.size() - 1; i >= 0; i--) {
      if (mounted.get(i).source().startsWith(root.value())) {
        zfs.mounts().unmount(mounted.get(i).target());
      }
    }
    // Clones keep snapshots, which keep datasets: each round takes away what nothing needs.
    for (int round = 0; zfs.datasets().exists(root); round++) {
      destroyTree(root, round > 10);
    }
    Library.delete(mounts);
  }

  private void destroyTree(DatasetName name, boolean strict) throws ZfsException {
    for (PropertyList snapshot : zfs.properties().ofSnapshots(name)) {
      zfs.snapshots().destroy(SnapshotName.of(snapshot.name()), Needed.LATER);
    }
    for (DatasetName child : zfs.properties().children(name)) {
      destroyTree(child, strict);
    }
    try {
      zfs.datasets().destroy(name);
    } catch (ZfsException e) {
      if (strict) {
        throw e;
      }
    }
  }
}
