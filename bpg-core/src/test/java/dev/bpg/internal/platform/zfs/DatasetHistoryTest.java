package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clones, promotion, rolling back and renaming. */
class DatasetHistoryTest {

  private TestZfs test;
  private Zfs zfs;
  private Datasets datasets;
  private DatasetName parent;
  private SnapshotName snapshot;

  @BeforeEach
  void make() throws IOException {
    test = TestZfs.make();
    zfs = test.zfs();
    datasets = zfs.datasets();
    parent = test.create("parent");
    snapshot = test.snapshot(parent, "s");
  }

  @AfterEach
  void destroy() throws IOException {
    if (test != null) {
      test.close();
    }
  }

  private DatasetName cloned(String name) throws ZfsException {
    DatasetName clone = test.root().child(name);
    datasets.clone(snapshot, clone, TestZfs.unmounted());
    return clone;
  }

  @Test
  void refusesAClonesTargetThatExists() {
    Errors.assertFails(
        Kind.EXISTS,
        17,
        "cannot clone snapshot " + snapshot + " to " + parent + ": it exists already",
        () -> datasets.clone(snapshot, parent, TestZfs.unmounted()));
  }

  @Test
  void tellsAMissingSnapshotFromAMissingParentOfTheClone() {
    SnapshotName none = parent.snapshot("none");
    DatasetName target = test.root().child("clone");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot clone snapshot " + none + " to " + target + ": there is no snapshot " + none,
        () -> datasets.clone(none, target, TestZfs.unmounted()));
    DatasetName orphan = target.child("below");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot clone snapshot "
            + snapshot
            + " to "
            + orphan
            + ": there is no dataset "
            + target
            + " to have it",
        () -> datasets.clone(snapshot, orphan, TestZfs.unmounted()));
  }

  @Test
  void aPropertyThatIsRefusedLeavesNoClone() throws ZfsException {
    DatasetName target = test.root().child("clone");
    Errors.assertFails(
        Kind.BAD_PROPERTY,
        "cannot clone snapshot "
            + snapshot
            + " to "
            + target
            + ": the installed ZFS does not take one of its properties: canmount=9",
        () ->
            datasets.clone(
                snapshot,
                target,
                PropertySettings.none().with("canmount", new PropertyValue.Count(9))));
    assertThat(datasets.exists(target)).isFalse();
  }

  @Test
  void promotionMakesTheParentTheClone() throws ZfsException {
    DatasetName clone = cloned("clone");
    datasets.promote(clone);
    assertThat(zfs.properties().of(clone).origin()).isEmpty();
    assertThat(zfs.properties().of(parent).origin()).contains(clone.snapshot("s"));
    Errors.assertFails(
        Kind.UNSUPPORTED,
        22,
        "cannot promote dataset " + clone + ": it is no clone",
        () -> datasets.promote(clone));
  }

  @Test
  void namesTheSnapshotThatKeepsACloneFromPromotion() throws ZfsException {
    DatasetName clone = cloned("clone");
    test.snapshot(clone, "s");
    Errors.assertFails(
        Kind.EXISTS,
        17,
        "cannot promote dataset " + clone + ": it has a snapshot @s, and so has its origin",
        () -> datasets.promote(clone));
  }

  @Test
  void rollingBackPutsFilesBackWhereTheyAreMounted() throws IOException {
    Path folder = test.mount(parent);
    Files.writeString(folder.resolve("file"), "new");
    datasets.rollback(snapshot);
    assertThat(folder.resolve("file")).doesNotExist();
  }

  @Test
  void rollsBackToTheNewestSnapshotOnly() throws IOException {
    Path folder = test.mount(parent);
    Files.writeString(folder.resolve("file"), "new");
    test.snapshot(parent, "newer");
    Errors.assertFails(
        Kind.NEWER_SNAPSHOTS,
        17,
        "cannot roll back to snapshot " + snapshot + ": it is not the newest snapshot or bookmark",
        () -> datasets.rollback(snapshot));
    assertThat(folder.resolve("file")).exists();
  }

  @Test
  void doesNotRollBackToWhatIsNotThere() {
    SnapshotName none = parent.snapshot("none");
    Errors.assertFails(
        Kind.NOT_FOUND,
        3,
        "cannot roll back to snapshot " + none + ": there is no such snapshot",
        () -> datasets.rollback(none));
    SnapshotName ofNone = test.root().child("none").snapshot("s");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot roll back to snapshot " + ofNone + ": there is no dataset " + ofNone.dataset(),
        () -> datasets.rollback(ofNone));
  }

  @Test
  void renamesAMountedDatasetWhereItIs() throws IOException {
    Path folder = test.mount(parent);
    DatasetName renamed = test.root().child("renamed");
    datasets.rename(parent, renamed);
    assertThat(zfs.mounts().of(renamed)).containsExactly(folder);
    assertThat(datasets.exists(parent)).isFalse();
    assertThat(zfs.properties().snapshots(renamed)).containsExactly(renamed.snapshot("s"));
  }

  @Test
  void saysWhyADatasetCannotBeRenamed() throws ZfsException {
    DatasetName other = test.create("other");
    DatasetName none = test.root().child("none");
    String of = "cannot rename dataset ";
    Errors.assertFails(
        Kind.EXISTS,
        17,
        of + parent + " to " + other + ": there is a dataset " + other,
        () -> datasets.rename(parent, other));
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        of + none + " to " + other + ": there is no dataset " + none,
        () -> datasets.rename(none, other));
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        of + parent + " to " + none.child("x") + ": there is no dataset " + none + " to have it",
        () -> datasets.rename(parent, none.child("x")));
    Errors.assertFails(
        Kind.UNSUPPORTED,
        22,
        of + parent + " to " + parent.child("x") + ": the new name is below the old one",
        () -> datasets.rename(parent, parent.child("x")));
    Errors.assertFails(
        Kind.OTHER_POOL,
        18,
        of + parent + " to nosuchpool/x: not all of it is in one pool",
        () -> datasets.rename(parent, new DatasetName("nosuchpool/x")));
  }
}
