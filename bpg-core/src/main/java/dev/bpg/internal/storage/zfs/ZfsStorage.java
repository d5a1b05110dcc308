package dev.bpg.internal.storage.zfs;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.FileStatus;
import dev.bpg.internal.platform.Inodes;
import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.PropertySettings;
import dev.bpg.internal.platform.zfs.Zfs;
import dev.bpg.internal.platform.zfs.ZfsException;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.internal.storage.StorageErrors;
import dev.bpg.internal.storage.VolumeFolders;
import dev.bpg.internal.storage.zfs.ZfsCalls.Step;
import dev.bpg.model.BranchId;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.SpaceUsage;
import dev.bpg.model.VolumeProperties;
import dev.bpg.storage.AtomicStorage;
import dev.bpg.storage.LimitingStorage;
import dev.bpg.storage.Storage;
import dev.bpg.storage.TunableStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Volumes that are datasets of ZFS, named by their ids below one dataset and mounted by their ids
 * below one folder; clones are clones of snapshots: one instant of the source, in a time that does
 * not depend on its size. Needs root or {@code CAP_SYS_ADMIN}, because Linux lets nobody else
 * mount. Safe for use by several threads and processes; an interruption is left for the caller to
 * see.
 *
 * <p>A volume's dataset carries its id as a user property, set by the call that makes it, or is a
 * clone of a snapshot that carries it. What does not is never changed or destroyed, whatever its
 * name.
 */
public final class ZfsStorage implements AtomicStorage, TunableStorage, LimitingStorage {

  private static final String CREATE = "create volume";
  private static final String CLONE = "clone volume";
  private static final String LIMIT = "limit volume";

  private final ZfsAccess access;
  private final VolumeFolders folders;
  private final VolumeDatasets datasets;
  private final VolumeMounts mounts;
  private final OriginSnapshots origins = new OriginSnapshots();
  private final VolumeRemoval removal;
  private final VolumeMaking volumes;

  /**
   * Keeps volumes below a dataset, which is made with the first volume if its pool exists, and
   * mounts them below a folder.
   */
  public ZfsStorage(String dataset, Path root) {
    DatasetName parent = new DatasetName(dataset);
    this.access = new ZfsAccess(parent);
    this.folders = new VolumeFolders(root);
    this.datasets = new VolumeDatasets(parent, folders.root());
    this.mounts = new VolumeMounts(folders);
    this.removal = new VolumeRemoval(datasets, mounts, origins);
    this.volumes = new VolumeMaking(folders, datasets, mounts, removal);
  }

  /** The dataset that holds the volumes. */
  public String dataset() {
    return datasets.parent().value();
  }

  /**
   * Makes sure that there is ZFS and the pool. Rights show with the first volume.
   *
   * @return the version of ZFS
   * @throws UnavailableException if something is missing
   */
  public String requireUsable() {
    String operation = "use the storage zfs in";
    Zfs zfs = access.open(operation);
    return ZfsCalls.call(
        operation,
        datasets.parent(),
        folders.root(),
        () -> {
          datasets.requirePool(zfs, operation);
          return zfs.version().text();
        });
  }

  @Override
  public String name() {
    return "zfs";
  }

  @Override
  public Path createVolume(BranchId id) {
    return createVolume(id, VolumeProperties.none());
  }

  @Override
  public Path createVolume(BranchId id, VolumeProperties properties) {
    Zfs zfs = access.open(CREATE);
    VolumeProperties layout = properties.orElse(VolumeDataset.DEFAULTS);
    run(CREATE, id, () -> datasets.prepare(zfs, CREATE, layout));
    return volumes.make(
        zfs,
        CREATE,
        id,
        layout.accessTimes().orElseThrow(),
        () -> zfs.datasets().create(datasets.name(id), datasets.settingsOf(zfs, id, layout)),
        () -> {
          Inodes.makeFolder(folders.data(id).toString(), VolumeFolders.PRIVATE);
          folders.open(id);
        });
  }

  @Override
  public Path cloneVolume(BranchId source, BranchId target) {
    Zfs zfs = access.open(CLONE);
    VolumeDataset from = require(zfs, CLONE, source);
    PropertySettings settings = from.settingsOfClone(target);
    return volumes.make(
        zfs,
        CLONE,
        target,
        from.hasAccessTimes(),
        () -> clone(zfs, from, target, settings),
        () -> removeWorkFolder(target));
  }

  // All of the source's dataset is in the clone's, not the data alone.
  private void removeWorkFolder(BranchId target) throws IOException {
    Path work = folders.volume(target).resolve(Storage.WORK_FOLDER);
    if (FileStatus.ifExists(work.toString()).isPresent()) {
      FolderRemoval.remove(work);
    }
  }

  // Another process that deletes a branch with the same origin cannot know that this one needs it.
  private void clone(Zfs zfs, VolumeDataset from, BranchId target, PropertySettings settings)
      throws ZfsException {
    try {
      cloneOnce(zfs, from, target, settings);
    } catch (ZfsException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      cloneOnce(zfs, from, target, settings);
    }
  }

  private void cloneOnce(Zfs zfs, VolumeDataset from, BranchId target, PropertySettings settings)
      throws ZfsException {
    try (SnapshotQueue.Share share = origins.take(zfs, from.name(), target)) {
      zfs.datasets().clone(share.snapshot(), datasets.name(target), settings);
    }
  }

  @Override
  public void deleteVolume(BranchId id) {
    Zfs zfs = access.open(VolumeRemoval.OPERATION);
    run(VolumeRemoval.OPERATION, id, () -> removal.delete(zfs, id));
  }

  @Override
  public Optional<Path> dataFolder(BranchId id) {
    String operation = "find volume";
    Zfs zfs = access.open(operation);
    return call(
        operation,
        id,
        () -> {
          Optional<VolumeDataset> volume = datasets.ours(zfs, operation, id);
          if (volume.isEmpty()) {
            return Optional.empty();
          }
          mounts.require(zfs, id, volume.get());
          return Optional.of(folders.data(id))
              .filter(data -> Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS));
        });
  }

  @Override
  public List<BranchId> volumes() {
    String operation = "list volumes in";
    Zfs zfs = access.open(operation);
    return ZfsCalls.call(
        operation, datasets.parent(), folders.root(), () -> datasets.list(zfs, operation));
  }

  @Override
  public SpaceUsage space(BranchId id) {
    return look("measure volume", id).space();
  }

  @Override
  public VolumeProperties properties(BranchId id) {
    return look("read the properties of volume", id).layout();
  }

  @Override
  public SpaceLimits limits(BranchId id) {
    return look("read the limits of volume", id).limits();
  }

  @Override
  public void limit(BranchId id, SpaceLimits limits) {
    Zfs zfs = access.open(LIMIT);
    VolumeDataset volume = require(zfs, LIMIT, id);
    try {
      zfs.properties()
          .set(
              volume.name(),
              PropertySettings.none()
                  .with("quota", limits.quota().orElse(0))
                  .with("reservation", limits.reservation().orElse(0)));
    } catch (ZfsException e) {
      throw ZfsErrors.ofLimits(LIMIT, volume.name(), e);
    }
  }

  private VolumeDataset look(String operation, BranchId id) {
    return require(access.open(operation), operation, id);
  }

  private VolumeDataset require(Zfs zfs, String operation, BranchId id) {
    return call(operation, id, () -> datasets.ours(zfs, operation, id))
        .orElseThrow(() -> StorageErrors.noSource(operation, id, folders.volume(id)));
  }

  private <T> T call(String operation, BranchId id, ZfsCalls.Call<T> call) {
    return ZfsCalls.call(operation, datasets.name(id), folders.volume(id), call);
  }

  private void run(String operation, BranchId id, Step step) {
    ZfsCalls.run(operation, datasets.name(id), folders.volume(id), step);
  }
}
