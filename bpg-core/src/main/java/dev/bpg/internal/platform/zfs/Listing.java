package dev.bpg.internal.platform.zfs;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through what is directly below a dataset, by the listing ioctls; to be called where the
 * kernel may be called. What comes or goes meanwhile may be in the result or not.
 */
final class Listing {

  private interface Visitor {
    void visit(String name, ZfsCommand command) throws NativeException;
  }

  private Listing() {}

  static List<DatasetName> children(Operation operation, DatasetName parent) throws ZfsException {
    List<DatasetName> names = new ArrayList<>();
    try (ZfsCommand command = new ZfsCommand().simple()) {
      go(
          operation,
          ZfsCommand.ZFS_IOC_DATASET_LIST_NEXT,
          parent,
          command,
          (name, c) -> names.add(new DatasetName(name)));
    } catch (NativeException e) {
      throw operation.failed(e.errno());
    }
    return names;
  }

  static List<SnapshotName> snapshots(Operation operation, DatasetName parent) throws ZfsException {
    List<SnapshotName> names = new ArrayList<>();
    try (ZfsCommand command = new ZfsCommand().simple()) {
      go(
          operation,
          ZfsCommand.ZFS_IOC_SNAPSHOT_LIST_NEXT,
          parent,
          command,
          (name, c) -> names.add(SnapshotName.of(name)));
    } catch (NativeException e) {
      throw operation.failed(e.errno());
    }
    return names;
  }

  /** With the properties of each. */
  static List<PropertyList> childrenWith(
      Operation operation, DatasetName parent, Properties.Reading reading)
      throws ZfsException, NativeException {
    return read(operation, ZfsCommand.ZFS_IOC_DATASET_LIST_NEXT, parent, reading);
  }

  static List<PropertyList> snapshotsInFull(Operation operation, DatasetName parent)
      throws ZfsException, NativeException {
    return read(operation, ZfsCommand.ZFS_IOC_SNAPSHOT_LIST_NEXT, parent, NvList::read);
  }

  private static List<PropertyList> read(
      Operation operation, long request, DatasetName parent, Properties.Reading reading)
      throws ZfsException, NativeException {
    List<PropertyList> found = new ArrayList<>();
    try (ZfsCommand command = new ZfsCommand().answered()) {
      go(
          operation,
          request,
          parent,
          command,
          (name, c) -> {
            try (NvList answer = c.answer()) {
              found.add(PropertyList.of(name, reading.of(answer)));
            }
          });
    }
    return found;
  }

  private static void go(
      Operation operation, long request, DatasetName parent, ZfsCommand command, Visitor visitor)
      throws ZfsException, NativeException {
    try (Device device = Device.open(operation)) {
      // A dataset that is missing looks like one with nothing below it.
      int found = device.find(parent.value());
      if (found != 0) {
        throw operation.failed(found);
      }
      while (true) {
        int code = device.call(request, command.name(parent.value()));
        if (code == Errno.ESRCH) {
          return;
        } else if (code != 0) {
          throw operation.failed(code);
        }
        String name = command.name();
        // ZFS's own, such as $ORIGIN and %recv.
        if (name.indexOf('$') < 0 && name.indexOf('%') < 0) {
          visitor.visit(name, command);
        }
      }
    }
  }
}
