package dev.bpg.internal.storage.zfs;

import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.PropertyList;
import dev.bpg.internal.platform.zfs.PropertySettings;
import dev.bpg.internal.platform.zfs.SnapshotName;
import dev.bpg.internal.platform.zfs.Zfs;
import dev.bpg.internal.platform.zfs.ZfsException;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.model.BranchId;
import dev.bpg.model.VolumeProperties;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dataset that holds the volumes, and the volumes' datasets below it, each named by its id.
 *
 * <p>One dataset belongs to one folder, which it is tagged with: two homes on one dataset could not
 * tell whose volumes are whose.
 */
final class VolumeDatasets {

  private final DatasetName parent;
  private final Path root;

  VolumeDatasets(DatasetName parent, Path root) {
    this.parent = parent;
    this.root = root;
  }

  DatasetName parent() {
    return parent;
  }

  DatasetName name(BranchId id) {
    return parent.child(id.value());
  }

  /** The dataset in a volume's place, ours or not. */
  Optional<VolumeDataset> find(Zfs zfs, String operation, BranchId id) throws ZfsException {
    try {
      return Optional.of(
          new VolumeDataset(name(id), zfs.properties().of(name(id), VolumeDataset.PROPERTIES)));
    } catch (ZfsException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      requirePool(zfs, operation);
      return Optional.empty();
    }
  }

  /** A volume's dataset if it is there and ours. */
  Optional<VolumeDataset> ours(Zfs zfs, String operation, BranchId id) throws ZfsException {
    Optional<VolumeDataset> found = find(zfs, operation, id);
    return found.isPresent() && isOurs(zfs, found.get(), id) ? found : Optional.empty();
  }

  /** Whether a dataset was made by bpg for a volume: its own tag says so, or that of its origin. */
  boolean isOurs(Zfs zfs, VolumeDataset dataset, BranchId id) throws ZfsException {
    if (dataset.isTagged(id)) {
      return true;
    }
    Optional<SnapshotName> origin = dataset.properties().origin();
    if (origin.isEmpty()) {
      return false;
    }
    Optional<PropertyList> snapshot = OriginSnapshots.find(zfs, origin.get());
    if (snapshot.isPresent()) {
      return OriginSnapshots.isFor(snapshot.get(), id);
    }
    // It goes to another dataset when the one that it was taken of is deleted.
    Optional<VolumeDataset> again = find(zfs, "look for volume", id);
    return again.isPresent()
        && !again.get().properties().origin().equals(origin)
        && isOurs(zfs, again.get(), id);
  }

  /** Tags a clone of ours itself, whose origin will not be the one that was taken for it. */
  void tag(Zfs zfs, DatasetName clone) throws ZfsException {
    String id = clone.lastPart();
    if (clone.equals(parent.child(id))
        && BranchId.isValid(id)
        && isOurs(zfs, new VolumeDataset(clone, zfs.properties().of(clone)), new BranchId(id))) {
      zfs.properties().set(clone, PropertySettings.none().with(Tags.ID, id));
    }
  }

  /** What a new volume is made with: its tag, and the rest unless what is above it fits. */
  PropertySettings settingsOf(Zfs zfs, BranchId id, VolumeProperties layout) throws ZfsException {
    PropertyList above = zfs.properties().of(parent, VolumeDataset.PROPERTIES);
    return new VolumeDataset(parent, above).fits(layout)
        ? PropertySettings.none().with(Tags.ID, id.value())
        : VolumeDataset.settings(id, layout);
  }

  /** The ids of all volumes of ours, and of those that are only a snapshot to be cloned yet. */
  List<BranchId> list(Zfs zfs, String operation) throws ZfsException {
    if (!isPrepared(zfs, operation) || !owner(zfs).equals(Optional.of(root.toString()))) {
      return List.of();
    }
    Set<BranchId> volumes = new LinkedHashSet<>();
    Set<BranchId> waiting = new HashSet<>();
    Set<BranchId> foreign = new HashSet<>();
    for (PropertyList child : zfs.properties().ofChildren(parent, List.of(Tags.ID, "origin"))) {
      DatasetName name = new DatasetName(child.name());
      if (BranchId.isValid(name.lastPart())) {
        BranchId id = new BranchId(name.lastPart());
        if (isOurs(zfs, new VolumeDataset(name, child), id)) {
          volumes.add(id);
          OriginSnapshots.waiting(zfs, name).forEach(waiting::add);
        } else {
          foreign.add(id);
        }
      }
    }
    waiting.removeAll(foreign);
    volumes.addAll(waiting);
    return List.copyOf(volumes);
  }

  /** Whether there is a dataset for volumes at all. */
  boolean isPrepared(Zfs zfs, String operation) throws ZfsException {
    if (zfs.datasets().exists(parent)) {
      return true;
    }
    requirePool(zfs, operation);
    return false;
  }

  /**
   * Without its pool a volume looks as if it did not exist, and its record would be thrown away.
   *
   * @throws UnavailableException if there is no pool
   */
  void requirePool(Zfs zfs, String operation) throws ZfsException {
    if (!zfs.datasets().exists(new DatasetName(parent.pool()))) {
      throw ZfsErrors.noPool(operation, parent);
    }
  }

  /**
   * Makes the dataset that holds the volumes, with those above it, and takes it for our folder.
   *
   * @param layout what volumes that say nothing else take from it if it is made now
   * @throws RefusedException if it belongs to another folder
   * @throws UnavailableException if there is no pool
   */
  void prepare(Zfs zfs, String operation, VolumeProperties layout) throws ZfsException {
    requirePool(zfs, operation);
    for (DatasetName missing : missing(zfs)) {
      make(zfs, operation, missing, layout);
    }
    claim(zfs, operation);
  }

  private Deque<DatasetName> missing(Zfs zfs) throws ZfsException {
    Deque<DatasetName> missing = new ArrayDeque<>();
    Optional<DatasetName> name = Optional.of(parent);
    while (name.isPresent() && !zfs.datasets().exists(name.get())) {
      missing.push(name.get());
      name = name.get().parent();
    }
    return missing;
  }

  private void make(Zfs zfs, String operation, DatasetName name, VolumeProperties layout)
      throws ZfsException {
    PropertySettings settings =
        // Volumes take the latter from it; unlike "none" it lets mount(8) mount them by hand.
        PropertySettings.none().with("canmount", "off").with("mountpoint", "legacy");
    if (name.equals(parent)) {
      // Snapshots by a timer would keep branches from being deleted.
      settings =
          settings
              .with(VolumeDataset.settings(layout))
              .with(Tags.PATH, root.toString())
              .with("com.sun:auto-snapshot", "false");
    }
    try {
      zfs.datasets().create(name, settings);
    } catch (ZfsException e) {
      if (e.kind() == Kind.NOT_PERMITTED) {
        throw ZfsErrors.mayNotPrepare(operation, parent, e);
      }
      if (e.kind() != Kind.EXISTS) {
        throw e;
      }
    }
  }

  // What else it says is its owner's choice, and what is below it may go by that.
  private void claim(Zfs zfs, String operation) throws ZfsException {
    if (owner(zfs).isEmpty()) {
      zfs.properties().set(parent, PropertySettings.none().with(Tags.PATH, root.toString()));
    }
    Optional<String> owner = owner(zfs);
    if (!owner.equals(Optional.of(root.toString()))) {
      throw new RefusedException(
          operation,
          parent.value(),
          "the dataset holds the volumes of " + owner.orElse("nobody"),
          "set zfs.dataset to one of its own; if that folder was moved here, run: zfs inherit "
              + Tags.PATH
              + " "
              + parent);
    }
  }

  private Optional<String> owner(Zfs zfs) throws ZfsException {
    PropertyList properties = zfs.properties().of(parent, List.of(Tags.PATH));
    return properties.own(Tags.PATH);
  }
}
