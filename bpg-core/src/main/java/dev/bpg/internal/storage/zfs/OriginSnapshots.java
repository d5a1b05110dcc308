package dev.bpg.internal.storage.zfs;

import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.PropertyList;
import dev.bpg.internal.platform.zfs.PropertySettings;
import dev.bpg.internal.platform.zfs.SnapshotName;
import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.internal.platform.zfs.Zfs;
import dev.bpg.internal.platform.zfs.ZfsException;
import dev.bpg.model.BranchId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The snapshots that clones are made of. One waits for a transaction group, and a second one of the
 * same dataset for two more, so those who come while one is being taken share the next one: never
 * one that had begun when they came, for it may lack what was committed just before.
 *
 * <p>A snapshot carries the ids of those that it was taken for. It goes when the last of its clones
 * does: each deletion has ZFS destroy it as soon as nothing needs it, before it destroys the clone,
 * so that a process can be killed at any point. That is not done when the clone is made, for it
 * would be one more transaction group to wait for. Safe for use by several threads.
 */
final class OriginSnapshots {

  private static final String PREFIX = "bpg-";

  private final Map<DatasetName, SnapshotQueue> queues = new ConcurrentHashMap<>();
  private final Set<SnapshotName> inUse = ConcurrentHashMap.newKeySet();

  /** A snapshot for a target, to be closed when the target has been cloned of it or will not be. */
  SnapshotQueue.Share take(Zfs zfs, DatasetName source, BranchId target) throws ZfsException {
    return queues
        .computeIfAbsent(source, name -> new SnapshotQueue(inUse))
        .take(target, targets -> create(zfs, source, targets));
  }

  /** Forgets a source that is gone. */
  void forget(DatasetName source) {
    queues.remove(source);
  }

  private static SnapshotName create(Zfs zfs, DatasetName source, String targets)
      throws ZfsException {
    // Named by an id of its own: whoever needs a second one for a target must get another name.
    SnapshotName name = source.snapshot(PREFIX + BranchId.random());
    zfs.snapshots().create(name, PropertySettings.none().with(Tags.FOR, targets));
    return name;
  }

  /** Has a clone's origin go with its last clone, if it is ours and nobody clones it right now. */
  void letGo(Zfs zfs, VolumeDataset clone) throws ZfsException {
    Optional<SnapshotName> origin = clone.properties().origin();
    if (origin.isEmpty() || inUse.contains(origin.get())) {
      return;
    }
    var properties = zfs.properties().of(origin.get(), List.of("defer_destroy", Tags.FOR));
    boolean going = properties.text("defer_destroy").filter("on"::equals).isPresent();
    if (properties.own(Tags.FOR).isPresent() && !going) {
      zfs.snapshots().destroy(origin.get(), Needed.LATER);
    }
  }

  /** Destroys what a process left that was killed, or failed, between snapshot and clone. */
  void removeLeftFor(Zfs zfs, DatasetName parent, BranchId target) throws ZfsException {
    for (DatasetName dataset : zfs.properties().children(parent)) {
      for (SnapshotName snapshot : unlessGone(() -> zfs.properties().snapshots(dataset))) {
        if (snapshot.name().startsWith(PREFIX)
            && !inUse.contains(snapshot)
            && find(zfs, snapshot).filter(found -> isFor(found, target)).isPresent()) {
          zfs.snapshots().destroy(snapshot, Needed.LATER);
        }
      }
    }
  }

  /** Whom a snapshot was taken for of which nothing has been cloned, or not yet. */
  static Stream<BranchId> waiting(Zfs zfs, DatasetName dataset) throws ZfsException {
    return unlessGone(() -> zfs.properties().ofSnapshots(dataset)).stream()
        .filter(snapshot -> snapshot.clones().isEmpty())
        .filter(snapshot -> SnapshotName.of(snapshot.name()).name().startsWith(PREFIX))
        .flatMap(snapshot -> snapshot.own(Tags.FOR).stream())
        .flatMap(ids -> Stream.of(ids.split(" ")))
        .filter(BranchId::isValid)
        .map(BranchId::new);
  }

  private interface Listing<T> {
    List<T> run() throws ZfsException;
  }

  // What another process deletes meanwhile has nothing left for us.
  private static <T> List<T> unlessGone(Listing<T> listing) throws ZfsException {
    try {
      return listing.run();
    } catch (ZfsException e) {
      if (e.kind() == ZfsException.Kind.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /** What a snapshot's tag says; empty if there is no such snapshot. */
  static Optional<PropertyList> find(Zfs zfs, SnapshotName snapshot) throws ZfsException {
    try {
      return Optional.of(zfs.properties().of(snapshot, List.of(Tags.FOR)));
    } catch (ZfsException e) {
      if (e.kind() == ZfsException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether a snapshot was taken for a volume. */
  static boolean isFor(PropertyList snapshot, BranchId target) {
    return snapshot
        .own(Tags.FOR)
        .filter(ids -> List.of(ids.split(" ")).contains(target.value()))
        .isPresent();
  }
}
