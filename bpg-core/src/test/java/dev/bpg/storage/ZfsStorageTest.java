package dev.bpg.storage;

import static dev.bpg.testing.ZfsCommand.below;
import static dev.bpg.testing.ZfsCommand.get;
import static dev.bpg.testing.ZfsCommand.run;
import static dev.bpg.testing.ZfsCommand.snapshots;
import static dev.bpg.testing.ZfsCommand.zfs;
import static dev.bpg.testing.ZfsCommand.zpool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.storage.zfs.ZfsStorage;
import dev.bpg.model.BranchId;
import dev.bpg.model.VolumeProperties;
import dev.bpg.testing.Ability;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of every storage, and what only ZFS has. What must fail is in another class. */
@Subject("zfs")
class ZfsStorageTest extends StorageContract {

  private String dataset;

  @Override
  Path newFolder() throws IOException {
    Path made = RealStorages.mountingZfs();
    dataset = RealStorages.datasetOf(made);
    return made;
  }

  @Override
  ZfsStorage storage(Path root) {
    return new ZfsStorage(dataset, root);
  }

  @Override
  long emptyVolume() {
    return 256 << 10;
  }

  @Override
  void settle() {
    zpool("sync", dataset.substring(0, dataset.indexOf('/')));
  }

  @AfterEach
  void destroyDataset() {
    if (dataset != null && !zfs("list", "-Ho", "name").stream().noneMatch(dataset::equals)) {
      zfs("destroy", "-r", dataset);
    }
  }

  private ZfsStorage zfsStorage() {
    return (ZfsStorage) storage;
  }

  private String nameOf(BranchId volume) {
    return dataset + "/" + volume;
  }

  @Test
  @Ability("Clones share with their source what neither has written")
  void clonesShareWhatNeitherHasWritten() throws IOException {
    SharingContract.clonesShareWhatNeitherHasWritten(this);
  }

  @Test
  void volumesAreDatasetsThatZfsMountsNowhereByItself() {
    storage.createVolume(id);

    assertThat(get(nameOf(id), "mountpoint", "bpg:id", "mounted"))
        .containsExactly("legacy", id.value(), "yes");
    assertThat(get(dataset, "canmount", "mountpoint", "bpg:path"))
        .containsExactly("off", "legacy", root.toString());
    assertThat(run("findmnt", "-nro", "OPTIONS", "--mountpoint", root + "/" + id).get(0).split(","))
        .contains("rw", "nosuid", "nodev", "noatime");
  }

  @Test
  void volumesTakeTheirPropertiesFromAboveWhereTheyFit() {
    storage.createVolume(id);
    storage.cloneVolume(id, other);

    assertThat(zfs("get", "-Ho", "property", "-s", "local", "all", nameOf(id)))
        .containsExactly("bpg:id");
    assertThat(zfs("get", "-Ho", "property", "-s", "local", "all", nameOf(other))).isEmpty();
    assertThat(get(nameOf(other), "mountpoint", "recordsize", "compression", "atime"))
        .containsExactly("legacy", "8192", "lz4", "off");
    assertThat(storage.volumes()).containsExactlyInAnyOrder(id, other);
  }

  @Test
  void aCloneIsMountedNowhereByZfsEvenIfVolumesAboveAre() {
    zfs("create", "-o", "mountpoint=" + root + "-above", dataset);
    storage.createVolume(id);
    storage.cloneVolume(id, other);

    assertThat(get(nameOf(id), "mountpoint", "canmount")).containsExactly("legacy", "noauto");
    assertThat(get(nameOf(other), "mountpoint", "canmount")).containsExactly("legacy", "noauto");
    assertThat(storage.volumes()).containsExactlyInAnyOrder(id, other);
  }

  @Test
  void aDatasetIsOursByTheTagOfItsOriginOnlyIfThatNamesIt() {
    storage.createVolume(id);
    storage.cloneVolume(id, other);
    String origin = dataset + "/" + snapshots(dataset).get(0);
    BranchId foreign = BranchId.random();
    zfs("clone", "-o", "mountpoint=legacy", origin, nameOf(foreign));

    assertThat(storage.dataFolder(foreign)).isEmpty();
    assertThat(storage.volumes()).containsExactlyInAnyOrder(id, other);
    assertThatThrownBy(() -> storage.deleteVolume(foreign)).isInstanceOf(RefusedException.class);
    zfs("destroy", nameOf(foreign));
  }

  @Test
  void aCloneIsLaidOutAsItsSource() {
    VolumeProperties properties =
        VolumeProperties.none()
            .withRecordSize(16384)
            .withCompression("zstd-3")
            .withAccessTimes(true);
    zfsStorage().createVolume(id, properties);
    storage.createVolume(other);
    BranchId clone = BranchId.random();
    BranchId second = BranchId.random();

    storage.cloneVolume(id, clone);
    storage.cloneVolume(clone, second);

    assertThat(get(nameOf(second), "recordsize", "compression", "atime"))
        .containsExactly("16384", "zstd-3", "on");
    assertThat(get(nameOf(other), "recordsize", "compression", "atime"))
        .containsExactly("8192", "lz4", "off");
    assertThat(zfsStorage().properties(second)).isEqualTo(properties);
    assertThat(run("findmnt", "-nro", "OPTIONS", "--mountpoint", root + "/" + second).get(0))
        .doesNotContain("noatime");
  }

  @Test
  void originSnapshotsGoWithTheirLastBranch() {
    storage.createVolume(id);
    storage.cloneVolume(id, other);
    BranchId grandchild = BranchId.random();
    storage.cloneVolume(other, grandchild);
    assertThat(snapshots(dataset)).hasSize(2).allMatch(name -> name.contains("@bpg-"));

    storage.deleteVolume(grandchild);
    assertThat(snapshots(dataset)).hasSize(1).allMatch(name -> name.startsWith(id.value()));
    storage.deleteVolume(other);
    assertThat(below(dataset)).containsExactly(id.value());
  }

  @Test
  void aSourceThatGoesLeavesItsSnapshotsToItsClonesUntilTheyGo() throws IOException {
    Files.writeString(storage.createVolume(id).resolve("a"), "first");
    storage.cloneVolume(id, other);
    Files.writeString(storage.dataFolder(id).orElseThrow().resolve("a"), "second");
    BranchId later = BranchId.random();
    storage.cloneVolume(id, later);

    storage.deleteVolume(id);

    assertThat(get(nameOf(later), "bpg:id", "origin")).containsExactly(later.value(), "-");
    assertThat(storage.volumes()).containsExactlyInAnyOrder(other, later);
    assertThat(storage.dataFolder(other).orElseThrow().resolve("a")).hasContent("first");
    assertThat(storage.dataFolder(later).orElseThrow().resolve("a")).hasContent("second");
    storage.deleteVolume(later);
    assertThat(storage.dataFolder(other).orElseThrow().resolve("a")).hasContent("first");
    storage.deleteVolume(other);
    assertThat(below(dataset)).isEmpty();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  @Ability("Clones of one parent at once share a snapshot")
  void concurrentClonesShareSnapshotsAndHaveWhatWasWrittenBeforeTheirCall() throws Exception {
    Path data = storage.createVolume(id);
    List<Callable<Boolean>> clones = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String file = "written-before-" + i;
      clones.add(
          () -> {
            Files.writeString(data.resolve(file), "yes");
            Path clone = storage.cloneVolume(id, BranchId.random());
            return Files.exists(clone.resolve(file));
          });
    }

    assertThat(together(20, clones)).containsOnly(true);

    assertThat(snapshots(dataset).size()).isBetween(2, 20);
    together(
        20, storage.volumes().stream().filter(v -> !v.equals(id)).map(this::deletion).toList());
    assertThat(below(dataset)).containsExactly(id.value());
  }

  private Callable<Boolean> deletion(BranchId volume) {
    return () -> {
      storage.deleteVolume(volume);
      return true;
    };
  }

  private static <T> List<T> together(int threads, List<Callable<T>> calls) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : pool.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void twoHundredClonesAndTheirDeletionLeaveNothing() throws Exception {
    Files.writeString(storage.createVolume(id).resolve("a"), "a");
    List<BranchId> targets = IntStream.range(0, 200).mapToObj(i -> BranchId.random()).toList();
    together(
        8,
        targets.stream()
            .<Callable<Path>>map(target -> () -> storage.cloneVolume(id, target))
            .toList());
    assertThat(storage.volumes()).hasSize(201);

    together(8, targets.stream().map(this::deletion).toList());

    assertThat(below(dataset)).containsExactly(id.value());
    assertThat(root.toFile().list()).containsExactly(id.value());
    storage.deleteVolume(id);
    assertThat(below(dataset)).isEmpty();
    assertThat(run("findmnt", "-rno", "TARGET"))
        .noneMatch(t -> t.contains(folder.getFileName().toString().replace(" ", "\\x20")));
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void whatIsNotMountedIsMountedWhenItIsLookedFor() throws IOException {
    Path data = fill(id);
    var content = Tree.of(data);
    run("umount", root.resolve(id.value()).toString());
    assertThat(storage.dataFolder(id)).contains(data);
    assertThat(Tree.of(data)).isEqualTo(content);

    run("umount", root.resolve(id.value()).toString());
    Files.delete(root.resolve(id.value()));
    assertThat(storage(root).dataFolder(id)).contains(data);
    assertThat(Tree.of(data)).isEqualTo(content);
    assertThat(storage.dataFolder(id)).contains(data);
  }

  @Test
  void aSourceThatIsNotMountedCanBeCloned() throws IOException {
    Path data = fill(id);
    var content = Tree.of(data);
    run("umount", root.resolve(id.value()).toString());

    assertThat(Tree.of(storage.cloneVolume(id, other))).isEqualTo(content);
  }

  @Test
  @Ability("What was written since a branch was made is counted")
  void reportsWhatWasWrittenSinceAVolumeWasMade() throws IOException {
    fill(id);
    storage.cloneVolume(id, other);
    settle();
    assertThat(storage.space(other).written().orElseThrow()).isLessThan(emptyVolume());

    byte[] content = new byte[1 << 20];
    new java.util.Random(2).nextBytes(content);
    Files.write(storage.dataFolder(other).orElseThrow().resolve("more"), content);
    settle();

    assertThat(storage.space(other).written().orElseThrow()).isBetween(1L << 20, 3L << 19);
  }

  @Test
  void oneDatasetBelongsToOneFolder() {
    storage.createVolume(id);
    Path elsewhere = folder.resolve("elsewhere");

    assertThatThrownBy(() -> storage(elsewhere).createVolume(other))
        .hasMessage(
            "cannot create volume %s: the dataset holds the volumes of %s\n"
                + "HINT: set zfs.dataset to one of its own; if that folder was moved here, run: zfs"
                + " inherit bpg:path %s",
            dataset, root, dataset);
    assertThat(elsewhere).doesNotExist();
  }
}
