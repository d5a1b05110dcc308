package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import dev.bpg.internal.platform.zfs.Operation.Grant;
import java.util.List;

/**
 * File systems of ZFS. Safe for use by several threads.
 *
 * <p>Nothing here mounts anything, and names of snapshots never stand where a dataset's is meant.
 * Creation, cloning, destruction and promotion wait for about one transaction group; calls on
 * different datasets share one.
 */
public final class Datasets {

  private static final int NAME_BYTES = 256;

  private final KernelCalls calls;
  private final Mounts mounts;

  Datasets(KernelCalls calls, Mounts mounts) {
    this.calls = calls;
    this.mounts = mounts;
  }

  /**
   * Whether a dataset is there.
   *
   * @throws ZfsException if that cannot be found out
   */
  public boolean exists(DatasetName name) throws ZfsException {
    Operation operation = new Operation("look for dataset", name.value(), name);
    return calls.call(operation, () -> Existence.of(operation, name.value()));
  }

  /**
   * Makes a file system. Its parent must be there.
   *
   * @throws ZfsException {@code EXISTS}, {@code NOT_FOUND} for the parent, {@code BAD_PROPERTY},
   *     {@code NO_SPACE}, {@code QUOTA} and those of every change
   */
  public void create(DatasetName name, PropertySettings properties) throws ZfsException {
    Operation operation =
        new Operation(
            "create dataset", name.value(), name, List.of(Grant.above("create,mount", name)));
    calls.run(
        operation,
        () -> {
          try (NvList list = NvList.of(properties.values())) {
            int code =
                ZfsCoreCalls.lzc_create(
                    name.value(), ZfsCoreCalls.LZC_DATSET_TYPE_ZFS, list.pointer(), null, 0);
            if (code != 0) {
              throw DatasetErrors.create(operation, code, name, properties);
            }
          }
        });
  }

  /**
   * Makes a file system with the content of a snapshot, sharing all of its blocks.
   *
   * @throws ZfsException {@code EXISTS}, {@code NOT_FOUND} for the snapshot or the parent, {@code
   *     OTHER_POOL}, {@code BAD_PROPERTY}, {@code QUOTA} and those of every change
   */
  public void clone(SnapshotName origin, DatasetName name, PropertySettings properties)
      throws ZfsException {
    Operation operation =
        new Operation(
            "clone snapshot",
            origin + " to " + name,
            name,
            List.of(new Grant("clone", origin.dataset()), Grant.above("create,mount", name)));
    calls.run(
        operation,
        () -> {
          try (NvList list = NvList.of(properties.values())) {
            int code = ZfsCoreCalls.lzc_clone(name.value(), origin.toString(), list.pointer());
            if (code != 0) {
              throw DatasetErrors.clone(operation, code, origin, name, properties);
            }
          }
        });
  }

  /**
   * Destroys a file system that has neither snapshots nor datasets below it and is mounted nowhere.
   *
   * @throws ZfsException {@code NOT_FOUND}, {@code HAS_CHILDREN}, {@code HAS_SNAPSHOTS}, {@code
   *     BUSY} and those of every change
   */
  public void destroy(DatasetName name) throws ZfsException {
    Operation operation = new Operation("destroy dataset", name.value(), name, "destroy,mount");
    calls.run(
        operation,
        () -> {
          int code = ZfsCoreCalls.lzc_destroy(name.value());
          if (code != 0) {
            throw DatasetErrors.destroy(operation, code, name, mounts);
          }
        });
  }

  /**
   * Makes a clone the owner of its origin, and the dataset that was it a clone. The origin and
   * earlier snapshots move to it with their names.
   *
   * @throws ZfsException {@code NOT_FOUND}, {@code UNSUPPORTED} if it is no clone, {@code EXISTS}
   *     if it has a snapshot of a moving one's name and those of every change
   */
  public void promote(DatasetName name) throws ZfsException {
    Operation operation = new Operation("promote dataset", name.value(), name, "promote,mount");
    calls.run(
        operation,
        () -> {
          try (Memory conflict = new Memory(NAME_BYTES)) {
            conflict.clear();
            int code = ZfsCoreCalls.lzc_promote(name.value(), conflict, NAME_BYTES);
            if (code != 0) {
              throw DatasetErrors.promote(operation, code, name, conflict.getString(0, "UTF-8"));
            }
          }
        });
  }

  /**
   * Puts back the content of a dataset's newest snapshot. It works on a mounted dataset too, under
   * the feet of whoever uses it.
   *
   * @throws ZfsException {@code NOT_FOUND}, {@code NEWER_SNAPSHOTS}, {@code UNRELATED} and those of
   *     every change
   */
  public void rollback(SnapshotName snapshot) throws ZfsException {
    DatasetName name = snapshot.dataset();
    Operation operation =
        new Operation("roll back to snapshot", snapshot.toString(), name, "rollback,mount");
    calls.run(
        operation,
        () -> {
          int code = ZfsCoreCalls.lzc_rollback_to(name.value(), snapshot.toString());
          if (code != 0) {
            throw DatasetErrors.rollback(operation, code, snapshot);
          }
        });
  }

  /**
   * Renames a dataset with all below it, within its pool. A mounted one stays mounted where it is.
   *
   * @throws ZfsException {@code NOT_FOUND} for it or the new parent, {@code EXISTS}, {@code
   *     OTHER_POOL} and those of every change
   */
  public void rename(DatasetName from, DatasetName to) throws ZfsException {
    Operation operation =
        new Operation(
            "rename dataset",
            from + " to " + to,
            from,
            List.of(new Grant("rename,mount", from), Grant.above("create,mount", to)));
    calls.run(
        operation,
        () -> {
          int code = ZfsCoreCalls.lzc_rename(from.value(), to.value());
          if (code != 0) {
            throw DatasetErrors.rename(operation, code, from, to);
          }
        });
  }
}
