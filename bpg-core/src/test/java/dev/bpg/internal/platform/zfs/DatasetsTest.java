package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatasetsTest {

  private TestZfs test;
  private Zfs zfs;
  private Datasets datasets;
  private DatasetName parent;

  @BeforeEach
  void make() throws IOException {
    test = TestZfs.make();
    zfs = test.zfs();
    datasets = zfs.datasets();
    parent = test.create("parent");
  }

  @AfterEach
  void destroy() throws IOException {
    if (test != null) {
      test.close();
    }
  }

  @Test
  void aCloneHasTheFilesOfItsSnapshotAndTheSnapshotGoesWithIt() throws IOException {
    Path mounted = test.mount(parent);
    Files.writeString(mounted.resolve("file"), "before");
    SnapshotName snapshot = test.snapshot(parent, "s");
    Files.writeString(mounted.resolve("file"), "after");
    DatasetName clone = test.root().child("clone");

    datasets.clone(snapshot, clone, TestZfs.unmounted().with("bpg:id", "b1"));
    zfs.snapshots().destroy(snapshot, Needed.LATER);

    assertThat(test.mount(clone).resolve("file")).hasContent("before");
    assertThat(zfs.properties().of(clone).origin()).contains(snapshot);
    assertThat(zfs.properties().of(clone).own("bpg:id")).contains("b1");
    assertThat(zfs.properties().of(snapshot).clones()).containsExactly(clone);
    assertThat(zfs.properties().children(test.root())).containsExactlyInAnyOrder(parent, clone);

    zfs.mounts().unmount(zfs.mounts().of(clone).get(0));
    datasets.destroy(clone);

    assertThat(datasets.exists(clone)).isFalse();
    assertThat(zfs.properties().snapshots(parent)).isEmpty();
    assertThat(mounted.resolve("file")).hasContent("after");
  }

  @Test
  void refusesADatasetThatExists() {
    Errors.assertFails(
        Kind.EXISTS,
        17,
        "cannot create dataset " + parent + ": it exists already",
        () -> datasets.create(parent, PropertySettings.none()));
  }

  @Test
  void refusesADatasetWithoutParent() {
    DatasetName name = test.root().child("none").child("below");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot create dataset "
            + name
            + ": there is no dataset "
            + test.root().child("none")
            + " to have it",
        () -> datasets.create(name, PropertySettings.none()));
  }

  @Test
  void namesThePropertiesOfWhichOneIsRefused() throws ZfsException {
    DatasetName name = test.root().child("new");
    PropertySettings wrong = TestZfs.unmounted().with("logbias", new PropertyValue.Count(9));
    Errors.assertFails(
        Kind.BAD_PROPERTY,
        "cannot create dataset "
            + name
            + ": the installed ZFS does not take one of its properties: mountpoint=legacy,"
            + " canmount=noauto, logbias=9",
        () -> datasets.create(name, wrong));
    assertThat(datasets.exists(name)).isFalse();
  }

  @Test
  void doesNotDestroyWhatHasSomethingBelow() throws ZfsException {
    DatasetName child = parent.child("child");
    datasets.create(child, TestZfs.unmounted());
    Errors.assertFails(
        Kind.HAS_CHILDREN,
        17,
        "cannot destroy dataset " + parent + ": below it are " + child,
        () -> datasets.destroy(parent));
    assertThat(datasets.exists(child)).isTrue();
  }

  @Test
  void doesNotDestroyWhatHasSnapshots() throws ZfsException {
    SnapshotName snapshot = test.snapshot(parent, "s");
    Errors.assertFails(
        Kind.HAS_SNAPSHOTS,
        16,
        "cannot destroy dataset " + parent + ": it has the snapshots " + snapshot,
        () -> datasets.destroy(parent));
  }

  @Test
  void namesTheMountOfWhatItDoesNotDestroy() throws IOException {
    Path mounted = test.mount(parent);
    Errors.assertFails(
        Kind.BUSY,
        16,
        "cannot destroy dataset " + parent + ": it is mounted at " + mounted,
        () -> datasets.destroy(parent));
  }

  @Test
  void doesNotDestroyWhatIsNotThere() {
    DatasetName name = test.root().child("none");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot destroy dataset " + name + ": it does not exist",
        () -> datasets.destroy(name));
  }
}
