package dev.bpg.internal.storage.zfs;

import dev.bpg.error.BusyException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.PropertyList;
import dev.bpg.internal.platform.zfs.SnapshotName;
import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.internal.platform.zfs.Zfs;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How volumes go: snapshots that branches were made of, the claim on the origin, the mount, the
 * dataset, the mount point; only what is provably ours. Each step leaves something that the next
 * call goes on with.
 */
final class VolumeRemoval {

  static final String OPERATION = "delete volume";

  private final VolumeDatasets datasets;
  private final VolumeMounts mounts;
  private final OriginSnapshots origins;

  VolumeRemoval(VolumeDatasets datasets, VolumeMounts mounts, OriginSnapshots origins) {
    this.datasets = datasets;
    this.mounts = mounts;
    this.origins = origins;
  }

  /** Deletes a volume, complete or half made; no error if there is none. */
  void delete(Zfs zfs, BranchId id) throws IOException {
    Optional<VolumeDataset> found = datasets.find(zfs, OPERATION, id);
    if (found.isPresent()) {
      destroy(zfs, id, ours(zfs, id, found.get()));
    } else if (datasets.isPrepared(zfs, OPERATION)) {
      origins.removeLeftFor(zfs, datasets.parent(), id);
    }
    mounts.removePoint(OPERATION, id);
  }

  /** The same after a failed creation: what is in its place and not ours was there before. */
  void undo(Zfs zfs, BranchId id) throws IOException {
    Optional<VolumeDataset> found = datasets.find(zfs, OPERATION, id);
    if (found.isEmpty() || datasets.isOurs(zfs, found.get(), id)) {
      delete(zfs, id);
    } else {
      undoBeside(zfs, id);
    }
  }

  /** The same where something is in its place that stays: its mount point, and what to clone. */
  void undoBeside(Zfs zfs, BranchId id) throws IOException {
    origins.removeLeftFor(zfs, datasets.parent(), id);
    mounts.removePoint(OPERATION, id);
  }

  private VolumeDataset ours(Zfs zfs, BranchId id, VolumeDataset dataset) throws IOException {
    if (!datasets.isOurs(zfs, dataset, id)) {
      throw new RefusedException(
          OPERATION,
          dataset.name().value(),
          "the dataset does not carry " + Tags.ID + "=" + id + ", nor was its origin taken for it",
          "rename it if you are sure that nobody needs it there");
    }
    return dataset;
  }

  private void destroy(Zfs zfs, BranchId id, VolumeDataset volume) throws IOException {
    DatasetName name = volume.name();
    VolumeDataset alone = hasSnapshots(zfs, name) ? withoutSnapshots(zfs, id, volume) : volume;
    origins.letGo(zfs, alone);
    mounts.release(zfs, id, name);
    zfs.datasets().destroy(name);
    origins.forget(name);
  }

  private static boolean hasSnapshots(Zfs zfs, DatasetName name) throws IOException {
    return !zfs.properties().snapshots(name).isEmpty();
  }

  // Clones that stay need the data: the newest one takes over the snapshots.
  private VolumeDataset withoutSnapshots(Zfs zfs, BranchId id, VolumeDataset volume)
      throws IOException {
    DatasetName name = volume.name();
    List<PropertyList> snapshots = zfs.properties().ofSnapshots(name);
    refuseForeign(name, snapshots);
    Optional<DatasetName> heir =
        snapshots.stream()
            .sorted(byAge().reversed())
            .flatMap(snapshot -> snapshot.clones().stream())
            .findFirst();
    if (heir.isPresent()) {
      // Neither has the origin any more that made it ours.
      datasets.tag(zfs, heir.get());
      datasets.tag(zfs, name);
      zfs.datasets().promote(heir.get());
    }
    zfs.snapshots().destroy(zfs.properties().snapshots(name), Needed.FAIL);
    return datasets.find(zfs, OPERATION, id).orElseThrow();
  }

  private static Comparator<PropertyList> byAge() {
    return Comparator.comparingLong(snapshot -> snapshot.number("createtxg").orElse(0));
  }

  private static void refuseForeign(DatasetName name, List<PropertyList> snapshots) {
    List<String> foreign =
        snapshots.stream()
            .filter(snapshot -> snapshot.own(Tags.FOR).isEmpty())
            .map(PropertyList::name)
            .toList();
    if (!foreign.isEmpty()) {
      String last = SnapshotName.of(foreign.get(foreign.size() - 1)).name();
      throw new BusyException(
          OPERATION,
          name.value(),
          "it has snapshots that bpg did not make: "
              + foreign.stream().limit(3).collect(Collectors.joining(", "))
              + (foreign.size() > 3 ? " and " + (foreign.size() - 3) + " more" : ""),
          "destroy them if nobody needs them: zfs destroy " + name + "@%" + last);
    }
  }
}
