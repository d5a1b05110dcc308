package dev.bpg.storage;

import static dev.bpg.testing.ZfsCommand.below;
import static dev.bpg.testing.ZfsCommand.get;
import static dev.bpg.testing.ZfsCommand.run;
import static dev.bpg.testing.ZfsCommand.snapshots;
import static dev.bpg.testing.ZfsCommand.zfs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.BusyException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.internal.storage.zfs.ZfsStorage;
import dev.bpg.model.BranchId;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.VolumeProperties;
import dev.bpg.testing.ChildJvm;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.ZfsProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do to datasets and mounts, and what killed processes leave. */
class ZfsFaultsTest {

  private final BranchId id = BranchId.random();
  private final BranchId other = BranchId.random();
  private Path folder;
  private Path root;
  private String dataset;
  private ZfsStorage storage;

  @BeforeEach
  void open() throws IOException {
    folder = RealStorages.mountingZfs();
    root = folder.resolve("volumes");
    dataset = RealStorages.datasetOf(folder);
    storage = new ZfsStorage(dataset, root);
  }

  @AfterEach
  void close() throws IOException {
    if (dataset != null) {
      storage.volumes().forEach(storage::deleteVolume);
      if (zfs("list", "-Ho", "name").contains(dataset)) {
        zfs("destroy", "-r", dataset);
      }
      FolderRemoval.remove(folder);
    }
  }

  private String nameOf(BranchId volume) {
    return dataset + "/" + volume;
  }

  @Test
  void doesNotTouchADatasetThatIsNotOurs() {
    storage.createVolume(other);
    zfs("create", "-o", "mountpoint=legacy", nameOf(id));

    assertThatThrownBy(() -> storage.createVolume(id))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage("cannot create volume %s: it exists already\nHINT: use another id", nameOf(id));
    assertThatThrownBy(() -> storage.cloneVolume(other, id))
        .isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> storage.deleteVolume(id))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot delete volume %s: the dataset does not carry bpg:id=%s, nor was its origin"
                + " taken for it\n"
                + "HINT: rename it if you are sure that nobody needs it there",
            nameOf(id), id);
    assertThat(storage.dataFolder(id)).isEmpty();
    assertThat(storage.volumes()).containsExactly(other);
    assertThat(root.toFile().list()).containsExactly(other.value());
    assertThat(snapshots(dataset)).isEmpty();
    assertThat(zfs("list", "-Ho", "name")).contains(nameOf(id));
    storage.deleteVolume(other);
    assertThat(below(dataset)).containsExactly(id.value());
  }

  @Test
  void theTagOfTheDatasetAboveDoesNotMakeADatasetOurs() {
    storage.createVolume(other);
    zfs("set", "bpg:id=" + id, dataset);
    zfs("create", "-o", "mountpoint=legacy", nameOf(id));

    assertThat(get(nameOf(id), "bpg:id")).containsExactly(id.value());
    assertThat(storage.dataFolder(id)).isEmpty();
    assertThatThrownBy(() -> storage.deleteVolume(id)).isInstanceOf(RefusedException.class);
  }

  @Test
  void doesNotTouchSnapshotsAndDatasetsThatOthersMadeOfAVolume() {
    storage.createVolume(id);
    zfs("snapshot", nameOf(id) + "@nightly");

    assertThatThrownBy(() -> storage.deleteVolume(id))
        .isInstanceOf(BusyException.class)
        .hasMessage(
            "cannot delete volume %1$s: it has snapshots that bpg did not make: %1$s@nightly\n"
                + "HINT: destroy them if nobody needs them: zfs destroy %1$s@%%nightly",
            nameOf(id));
    assertThat(snapshots(dataset)).containsExactly(id + "@nightly");
    zfs("destroy", nameOf(id) + "@nightly");

    zfs("create", "-o", "mountpoint=legacy", nameOf(id) + "/below");
    assertThatThrownBy(() -> storage.deleteVolume(id))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("below it are " + nameOf(id) + "/below");
    zfs("destroy", nameOf(id) + "/below");
  }

  @Test
  void aHeldOriginSnapshotStaysUntilItIsReleased() {
    storage.createVolume(id);
    storage.cloneVolume(id, other);
    String snapshot = dataset + "/" + snapshots(dataset).get(0);
    zfs("hold", "keep", snapshot);

    storage.deleteVolume(other);

    assertThat(snapshots(dataset)).hasSize(1);
    zfs("release", "keep", snapshot);
    assertThat(snapshots(dataset)).isEmpty();
  }

  @Test
  void namesWhoKeepsAVolumeBusy() throws IOException {
    Path file = Files.createFile(storage.createVolume(id).resolve("file"));

    try (InputStream open = Files.newInputStream(file)) {
      assertThatThrownBy(() -> storage.deleteVolume(id))
          .isInstanceOf(BusyException.class)
          .hasMessage(
              "cannot delete volume %s: process %d (java) has open %s\n"
                  + "HINT: end what uses it and try again",
              nameOf(id), ProcessHandle.current().pid(), file);
      assertThat(storage.dataFolder(id)).isPresent();
    }
    storage.deleteVolume(id);
    assertThat(below(dataset)).isEmpty();
  }

  @Test
  void aCloneWithClonesOfItsOwnStaysOursWhenItsDeletionIsInterrupted() throws IOException {
    storage.createVolume(other);
    Path file = Files.createFile(storage.cloneVolume(other, id).resolve("file"));
    BranchId later = BranchId.random();
    storage.cloneVolume(id, later);

    try (InputStream open = Files.newInputStream(file)) {
      assertThatThrownBy(() -> storage.deleteVolume(id)).isInstanceOf(BusyException.class);
      assertThat(storage.volumes()).containsExactlyInAnyOrder(other, id, later);
    }
    storage.deleteVolume(id);
    storage.deleteVolume(later);
    assertThat(below(dataset)).containsExactly(other.value());
    assertThat(snapshots(dataset)).isEmpty();
  }

  @Test
  void leavesThePropertiesOfADatasetAloneThatSomebodyElseMade() {
    zfs("create", "-o", "mountpoint=none", "-o", "compression=zstd", dataset);
    storage.createVolume(id);
    storage.cloneVolume(id, other);

    assertThat(get(dataset, "compression", "recordsize")).containsExactly("zstd", "131072");
    assertThat(get(nameOf(other), "compression", "recordsize", "mountpoint", "bpg:id"))
        .containsExactly("lz4", "8192", "legacy", other.value());
  }

  @Test
  void namesWhoseNamespaceHasAVolumeMounted() throws Exception {
    storage.createVolume(id);
    Process container =
        new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sleep", "600")
            .start();
    try {
      Path mounts = Path.of("/proc/" + container.pid() + "/ns/mnt");
      while (Files.readSymbolicLink(mounts)
          .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")))) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThatThrownBy(() -> storage.deleteVolume(id))
          .isInstanceOf(BusyException.class)
          .hasMessageContaining("process " + container.pid() + " (")
          .hasMessageContaining("has it mounted at " + root.resolve(id.value()));
    } finally {
      container.destroyForcibly().waitFor();
    }
    storage.deleteVolume(id);
    assertThat(below(dataset)).isEmpty();
  }

  @Test
  void refusesAMountPointThatIsNotEmpty() throws IOException {
    storage.createVolume(id);
    Path point = root.resolve(id.value());
    run("umount", point.toString());
    Path precious = Files.writeString(point.resolve("precious"), "1");
    String message =
        "cannot %s volume %s: the mount point is not empty: it contains precious, which bpg did not"
            + " make\nHINT: move that away if you are sure that nobody needs it";

    assertThatThrownBy(() -> storage.dataFolder(id))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message, "mount", point);
    assertThat(precious).hasContent("1");
    Files.delete(precious);
    assertThat(storage.dataFolder(id)).isPresent();
  }

  @Test
  void refusesAMountPointWhereSomethingElseIsMounted() {
    storage.createVolume(id);
    storage.createVolume(other);
    Path point = root.resolve(id.value());
    run("umount", point.toString());
    run("mount", "-t", "zfs", nameOf(other), point.toString());

    assertThatThrownBy(() -> storage.dataFolder(id))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot mount volume %s: %s is mounted at its place, %s\n"
                + "HINT: unmount that: umount '%s'",
            nameOf(id), nameOf(other), point, point);
    assertThatThrownBy(() -> storage.deleteVolume(id)).isInstanceOf(RefusedException.class);
    assertThat(run("findmnt", "-nro", "SOURCE", point.toString())).containsExactly(nameOf(other));
    run("umount", point.toString());
  }

  @Test
  void limitsAreTheVolumesOwnAndCanBeLifted() throws IOException {
    // Near its quota ZFS waits for a transaction group with each record.
    Path data = storage.createVolume(id, VolumeProperties.none().withRecordSize(1 << 20));
    storage.limit(id, SpaceLimits.none().withQuota(4 << 20).withReservation(2 << 20));
    storage.cloneVolume(id, other);

    assertThat(storage.limits(id))
        .isEqualTo(SpaceLimits.none().withQuota(4 << 20).withReservation(2 << 20));
    assertThat(storage.limits(other)).isEqualTo(SpaceLimits.none());
    assertThat(get(nameOf(id), "quota", "reservation")).containsExactly("4194304", "2097152");
    assertThatThrownBy(() -> fillUp(data)).hasMessageContaining("quota exceeded");

    storage.limit(id, SpaceLimits.none());
    assertThat(storage.limits(id)).isEqualTo(SpaceLimits.none());
    Files.write(data.resolve("more"), new byte[1]);
  }

  private static void fillUp(Path data) throws IOException {
    byte[] content = new byte[1 << 20];
    new Random(1).nextBytes(content);
    for (int i = 0; i < 100; i++) {
      Files.write(data.resolve("file" + i), content);
    }
  }

  @Test
  void refusesLimitsThatCannotBe() throws IOException {
    Files.write(storage.createVolume(id).resolve("file"), randomBytes(4 << 20));
    run("sync");
    storage.cloneVolume(id, other); // Has what was written counted.
    String message =
        "cannot limit volume %s: it takes more than the quota already, or the pool has less than the"
            + " reservation left\nHINT: see \"zfs get used,available %s\" and ask for what is"
            + " possible";

    assertThatThrownBy(() -> storage.limit(id, SpaceLimits.none().withQuota(1 << 20)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message, nameOf(id), nameOf(id));
    assertThatThrownBy(() -> storage.limit(id, SpaceLimits.none().withReservation(1L << 50)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message, nameOf(id), nameOf(id));
    assertThat(storage.limits(id)).isEqualTo(SpaceLimits.none());
  }

  private static byte[] randomBytes(int length) {
    byte[] content = new byte[length];
    new Random(1).nextBytes(content);
    return content;
  }

  @Test
  void refusesARecordSizeThatTheModuleDoesNotAllow() throws IOException {
    long most =
        Long.parseLong(
            Files.readString(Path.of("/sys/module/zfs/parameters/zfs_max_recordsize")).strip());
    VolumeProperties large = VolumeProperties.none().withRecordSize(16 << 20);
    if (most >= 16 << 20) {
      storage.createVolume(id, large);
      assertThat(storage.properties(id).recordSize()).hasValue(16 << 20);
      return;
    }
    assertThatThrownBy(() -> storage.createVolume(id, large))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot create volume " + nameOf(id) + ": ")
        .hasMessageContaining("recordsize=16777216");
    assertThat(zfs("list", "-Ho", "name")).noneMatch(name -> name.startsWith(dataset));
    // It is made for the first volume that comes to be.
    assertThat(root).doesNotExist();
  }

  @Test
  void deletesWhatAKilledProcessLeaves() throws IOException {
    storage.createVolume(other);

    Path point = Files.createDirectory(root.resolve(id.value()));
    storage.deleteVolume(id); // killed before the dataset
    assertThat(point).doesNotExist();

    zfs("snapshot", "-o", "bpg:for=" + id, nameOf(other) + "@bpg-0123456789abcdef");
    assertThat(storage.volumes()).containsExactlyInAnyOrder(other, id);
    storage.deleteVolume(id); // killed between snapshot and clone
    assertThat(snapshots(dataset)).isEmpty();

    Files.createDirectory(point);
    zfs("create", "-o", "bpg:id=" + id, "-o", "mountpoint=legacy", nameOf(id));
    assertThat(storage.volumes()).contains(id);
    assertThat(storage.dataFolder(id)).isEmpty();
    storage.deleteVolume(id); // killed before the data folder
    assertThat(below(dataset)).containsExactly(other.value());
    assertThat(point).doesNotExist();

    storage.cloneVolume(other, id);
    zfs("destroy", "-d", nameOf(other) + "@%");
    run("umount", point.toString());
    storage.deleteVolume(id); // killed within a deletion
    assertThat(below(dataset)).containsExactly(other.value());

    zfs("snapshot", "-o", "bpg:for=" + BranchId.random(), nameOf(other) + "@bpg-another");
    storage.deleteVolume(id); // of somebody else
    assertThat(snapshots(dataset)).containsExactly(other + "@bpg-another");
  }

  @Test
  void theMomentOfAKillDoesNotMatter() throws Exception {
    storage.createVolume(id);
    Random moments = new Random(7);
    for (int i = 0; i < 3; i++) {
      Set<BranchId> begun = new HashSet<>();
      try (ChildJvm child = ChildJvm.start(ZfsProgram.class, dataset, root, id)) {
        for (int j = 0; j < 3; j++) {
          begun.add(new BranchId(child.awaitLine("begin")));
        }
        LockSupport.parkNanos(moments.nextLong(300_000_000));
        child.kill();
        // What it said before its end is there to be read.
        child.lines("begin").forEach(line -> begun.add(new BranchId(line)));
      }

      begun.forEach(storage::deleteVolume);

      assertThat(below(dataset)).containsExactly(id.value());
      assertThat(root.toFile().list()).containsExactly(id.value());
    }
  }

  @Test
  void saysWhichRightsAreMissingAndLeavesNothing() throws Exception {
    storage.createVolume(other);
    try (ChildJvm child =
        ChildJvm.startUnder(
            java.util.List.of("setpriv", "--bounding-set", "-sys_admin"),
            ZfsProgram.class,
            dataset,
            root,
            other)) {
      child.awaitLine("begin");
      assertThat(child.awaitLine("failed"))
          .startsWith("dev.bpg.error.UnavailableException: cannot clone volume " + dataset)
          .contains("this user may not")
          .contains(
              "HINT: run as root; or run \"zfs allow -u root atime,canmount,clone,compression,create,"
                  + "destroy,mount,mountpoint,promote,quota,recordsize,reservation,snapshot,userprop "
                  + dataset
                  + "\" as root and give this process CAP_SYS_ADMIN, without which Linux lets nobody"
                  + " mount");
      assertThat(child.awaitExit()).isEqualTo(1);
    }
    assertThat(below(dataset)).containsExactly(other.value());
    assertThat(root.toFile().list()).containsExactly(other.value());
  }

  @Test
  void saysWhatToRunWhereTheDatasetItselfMayNotBeMade() throws Exception {
    try (ChildJvm child =
        ChildJvm.startUnder(
            java.util.List.of("setpriv", "--bounding-set", "-sys_admin"),
            ZfsProgram.class,
            dataset,
            root)) {
      assertThat(child.awaitLine("failed"))
          .startsWith(
              "dev.bpg.error.UnavailableException: cannot create volume "
                  + dataset
                  + ": the dataset does not exist, and this user may not make it HINT: run as root:"
                  + " zfs create -p -o canmount=off -o mountpoint=legacy "
                  + dataset
                  + " && zfs allow -u root atime,");
    }
    assertThat(root).doesNotExist();
  }

  @Test
  void whoMayCloneButNotMountIsToldSoAndLeavesNothing() throws Exception {
    storage.createVolume(other);
    zfs(
        "allow",
        "-u",
        "root",
        "atime,canmount,clone,compression,create,destroy,mount,mountpoint,promote,quota,recordsize,"
            + "reservation,snapshot,userprop",
        dataset);
    try (ChildJvm child =
        ChildJvm.startUnder(
            java.util.List.of("setpriv", "--bounding-set", "-sys_admin"),
            ZfsProgram.class,
            dataset,
            root,
            other)) {
      child.awaitLine("begin");
      assertThat(child.awaitLine("failed")).contains("this user may not mount");
      assertThat(child.awaitExit()).isEqualTo(1);
    }
    assertThat(below(dataset)).containsExactly(other.value());
    assertThat(root.toFile().list()).containsExactly(other.value());
  }

  @Test
  void aMissingPoolIsUnavailable() {
    ZfsStorage missing = new ZfsStorage("nosuchpool/bpg", root);
    String message =
        "cannot %s nosuchpool/bpg: there is no pool nosuchpool here\n"
            + "HINT: import it with \"zpool import nosuchpool\", make it, or set zfs.dataset to"
            + " another one";

    assertThatThrownBy(missing::requireUsable)
        .isInstanceOf(UnavailableException.class)
        .hasMessage(message, "use the storage zfs in");
    assertThatThrownBy(() -> missing.createVolume(id)).hasMessage(message, "create volume");
    // Or the record of a volume in a pool that is away would be forgotten.
    assertThatThrownBy(() -> missing.deleteVolume(id)).hasMessage(message, "delete volume");
    assertThatThrownBy(() -> missing.dataFolder(id)).hasMessage(message, "find volume");
    assertThatThrownBy(missing::volumes).hasMessage(message, "list volumes in");
    assertThat(root).doesNotExist();
  }
}
