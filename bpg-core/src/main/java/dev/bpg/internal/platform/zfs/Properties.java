package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Properties of datasets, snapshots and pools, and what is directly below a dataset. Safe for use
 * by several threads. Reading waits for no transaction group; writing waits for about one.
 */
public final class Properties {

  private final KernelCalls calls;

  Properties(KernelCalls calls) {
    this.calls = calls;
  }

  /**
   * All properties of a dataset.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public PropertyList of(DatasetName name) throws ZfsException {
    return read("read properties of dataset", name.value(), name, NvList::read);
  }

  /**
   * Some properties of a dataset: those of these names that it has. Much faster than all of them.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public PropertyList of(DatasetName name, Collection<String> wanted) throws ZfsException {
    return read("read properties of dataset", name.value(), name, list -> list.read(wanted));
  }

  /**
   * All properties of a snapshot.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public PropertyList of(SnapshotName name) throws ZfsException {
    return read("read properties of snapshot", name.toString(), name.dataset(), NvList::read);
  }

  /**
   * Some properties of a snapshot: those of these names that it has.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public PropertyList of(SnapshotName name, Collection<String> wanted) throws ZfsException {
    return read(
        "read properties of snapshot", name.toString(), name.dataset(), list -> list.read(wanted));
  }

  /** Which part of an answer is wanted. */
  interface Reading {
    Map<String, Object> of(NvList answer) throws NativeException;
  }

  private PropertyList read(String verb, String name, DatasetName dataset, Reading reading)
      throws ZfsException {
    Operation operation = new Operation(verb, name, dataset);
    return calls.call(
        operation, () -> ask(operation, ZfsCommand.ZFS_IOC_OBJSET_STATS, name, reading));
  }

  /**
   * The properties of a pool, such as {@code size}, {@code free} and {@code allocated} in bytes,
   * {@code guid}, {@code readonly} and {@code health}; see zpoolprops(7). Of the health, 7 is
   * {@code ONLINE}.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public PropertyList ofPool(String pool) throws ZfsException {
    DatasetName name = new DatasetName(pool);
    Operation operation = new Operation("read properties of pool", pool, name);
    return calls.call(
        operation, () -> ask(operation, ZfsCommand.ZFS_IOC_POOL_GET_PROPS, pool, NvList::read));
  }

  private static PropertyList ask(Operation operation, long request, String name, Reading reading)
      throws ZfsException, NativeException {
    try (Device device = Device.open(operation);
        ZfsCommand command = new ZfsCommand().name(name).answered()) {
      int code = device.call(request, command);
      if (code == Errno.EFAULT) {
        // What 2.1 says of the properties of a pool that is not there.
        int found = device.find(name);
        code = found == 0 ? code : found;
      }
      if (code != 0) {
        throw operation.failed(code);
      }
      try (NvList answer = command.answer()) {
        return PropertyList.of(name, reading.of(answer));
      }
    }
  }

  /**
   * The names of the datasets directly below one.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public List<DatasetName> children(DatasetName parent) throws ZfsException {
    Operation operation = new Operation("list datasets below", parent.value(), parent);
    return calls.call(operation, () -> Listing.children(operation, parent));
  }

  /**
   * The datasets directly below one, each with those of its properties that are wanted.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public List<PropertyList> ofChildren(DatasetName parent, Collection<String> wanted)
      throws ZfsException {
    Operation operation = new Operation("list datasets below", parent.value(), parent);
    return calls.call(
        operation, () -> Listing.childrenWith(operation, parent, list -> list.read(wanted)));
  }

  /**
   * The names of a dataset's snapshots.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public List<SnapshotName> snapshots(DatasetName of) throws ZfsException {
    Operation operation = new Operation("list snapshots of", of.value(), of);
    return calls.call(operation, () -> Listing.snapshots(operation, of));
  }

  /**
   * A dataset's snapshots, each with its properties.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public List<PropertyList> ofSnapshots(DatasetName of) throws ZfsException {
    Operation operation = new Operation("list snapshots of", of.value(), of);
    return calls.call(operation, () -> Listing.snapshotsInFull(operation, of));
  }

  /**
   * Sets properties of a dataset. Not at once: when one is refused, others may have been set.
   *
   * @throws ZfsException {@code NOT_FOUND}, {@code BAD_PROPERTY} with the names of those refused,
   *     {@code NO_SPACE} for a quota below what is used or a reservation above what is free, and
   *     those of every change
   */
  public void set(DatasetName name, PropertySettings properties) throws ZfsException {
    set(name.value(), name, properties);
  }

  /**
   * Sets user properties of a snapshot.
   *
   * @throws ZfsException {@code NOT_FOUND}, {@code BAD_PROPERTY} and those of every change
   */
  public void set(SnapshotName name, PropertySettings properties) throws ZfsException {
    set(name.toString(), name.dataset(), properties);
  }

  private void set(String name, DatasetName dataset, PropertySettings properties)
      throws ZfsException {
    String permissions = String.join(",", PropertyErrors.permissions(properties));
    Operation operation = new Operation("set properties of", name, dataset, permissions);
    calls.run(
        operation,
        () -> {
          try (Device device = Device.open(operation);
              NvList list = NvList.of(properties.values());
              Memory packed = list.pack();
              ZfsCommand command = new ZfsCommand().name(name).argument(packed).answered()) {
            int code = device.call(ZfsCommand.ZFS_IOC_SET_PROP, command);
            if (code != 0) {
              try (NvList refused = command.answer()) {
                throw PropertyErrors.set(operation, code, properties, codes(refused));
              }
            }
          }
        });
  }

  private static Map<String, Integer> codes(NvList refused) throws NativeException {
    Map<String, Integer> codes = new LinkedHashMap<>();
    refused
        .read()
        .forEach(
            (name, code) -> {
              if (code instanceof Long number) {
                codes.put(name, number.intValue());
              }
            });
    return codes;
  }

  /**
   * Takes a property away from a dataset, so that what is set above it, or ZFS's default, applies.
   *
   * @throws ZfsException {@code NOT_FOUND}, {@code BAD_PROPERTY} and those of every change
   */
  public void clear(DatasetName name, String property) throws ZfsException {
    String permission = property.contains(":") ? "userprop" : property;
    Operation operation =
        new Operation("clear property " + property + " of", name.value(), name, permission);
    calls.run(
        operation,
        () -> {
          try (Device device = Device.open(operation);
              ZfsCommand command = new ZfsCommand().name(name.value()).value(property)) {
            int code = device.call(ZfsCommand.ZFS_IOC_INHERIT_PROP, command);
            if (code == Errno.EINVAL || code == Errno.EOPNOTSUPP) {
              throw operation.failed(Kind.BAD_PROPERTY, code, "ZFS knows no such property");
            } else if (code != 0) {
              throw operation.failed(code);
            }
          }
        });
  }
}
