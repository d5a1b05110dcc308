package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.Operation.Grant;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Snapshots of datasets. Safe for use by several threads.
 *
 * <p>Making and destroying waits for about one transaction group. Two snapshots of one dataset at
 * once cost the later one two more; snapshots of several datasets in one call share one.
 */
public final class Snapshots {

  private final KernelCalls calls;

  Snapshots(KernelCalls calls) {
    this.calls = calls;
  }

  /**
   * Whether a snapshot is there.
   *
   * @throws ZfsException if that cannot be found out
   */
  public boolean exists(SnapshotName name) throws ZfsException {
    Operation operation = new Operation("look for snapshot", name.toString(), name.dataset());
    return calls.call(operation, () -> Existence.of(operation, name.toString()));
  }

  /**
   * Makes snapshots of several datasets of one pool at one instant, all or none; at most one of
   * each dataset.
   *
   * @param names at least one
   * @param properties user properties, for each of them
   * @throws ZfsException {@code EXISTS}, {@code NOT_FOUND}, {@code BUSY} while a dataset is being
   *     received into, {@code OTHER_POOL}, {@code NO_SPACE}, {@code QUOTA} and those of every
   *     change
   * @throws IllegalArgumentException if there are no names, two of one dataset, or other properties
   *     than a user's
   */
  public void create(Collection<SnapshotName> names, PropertySettings properties)
      throws ZfsException {
    SnapshotErrors.requireNames(names);
    SnapshotErrors.requireOneOfEach(names);
    if (!properties.isUsersOnly()) {
      throw new IllegalArgumentException("a snapshot takes user properties only: " + properties);
    }
    String rights = properties.isEmpty() ? "snapshot" : "snapshot,userprop";
    Operation operation = operation("create snapshot", names, rights);
    calls.run(
        operation,
        () -> {
          try (NvList list = NvList.ofNames(texts(names));
              NvList values = NvList.of(properties.values());
              Memory out = Device.out()) {
            int code = ZfsCoreCalls.lzc_snapshot(list.pointer(), values.pointer(), out);
            try (NvList errors = NvList.taken(out)) {
              Map<String, Integer> entries = SnapshotErrors.codes(errors);
              if (code != 0) {
                throw SnapshotErrors.create(operation, code, names, entries);
              }
            }
          }
        });
  }

  /** Makes one snapshot; see {@link #create(Collection, PropertySettings)}. */
  public void create(SnapshotName name, PropertySettings properties) throws ZfsException {
    create(List.of(name), properties);
  }

  /** When a snapshot is destroyed that something needs. */
  public enum Needed {
    /** Nothing is destroyed, and the call fails. */
    FAIL,
    /** Snapshots with clones or holds go by themselves with the last of these. */
    LATER
  }

  /**
   * Destroys snapshots of one pool, all or none. Those that do not exist are passed over.
   *
   * @param names none is fine
   * @throws ZfsException with {@code FAIL}: {@code HAS_CLONES}, {@code HELD}; with both {@code
   *     BUSY} while one is being sent, {@code OTHER_POOL} and those of every change
   */
  public void destroy(Collection<SnapshotName> names, Needed needed) throws ZfsException {
    if (names.isEmpty()) {
      return;
    }
    Operation operation = operation("destroy snapshot", names, "destroy,mount");
    calls.run(
        operation,
        () -> {
          try (NvList list = NvList.ofNames(texts(names));
              Memory out = Device.out()) {
            int code =
                ZfsCoreCalls.lzc_destroy_snaps(list.pointer(), needed == Needed.LATER ? 1 : 0, out);
            try (NvList errors = NvList.taken(out)) {
              Map<String, Integer> entries = SnapshotErrors.codes(errors);
              if (code != 0) {
                throw SnapshotErrors.destroy(operation, code, names, entries);
              }
            }
          }
        });
  }

  /** Destroys one snapshot; see {@link #destroy(Collection, Needed)}. */
  public void destroy(SnapshotName name, Needed needed) throws ZfsException {
    destroy(List.of(name), needed);
  }

  /**
   * How many bytes would be freed by destroying a snapshot and all after it up to another one of
   * the same dataset.
   *
   * @throws ZfsException {@code NOT_FOUND}, {@code UNRELATED} if the one is not after the other
   */
  public long freedBy(SnapshotName first, SnapshotName last) throws ZfsException {
    Operation operation =
        new Operation("estimate snapshots", first + " to " + last, first.dataset());
    return calls.call(
        operation,
        () -> {
          try (Memory bytes = Device.out()) {
            int code = ZfsCoreCalls.lzc_snaprange_space(first.toString(), last.toString(), bytes);
            if (code == Errno.EINVAL || code == Errno.EXDEV) {
              throw operation.failed(
                  Kind.UNRELATED, code, "the one is not after the other in one dataset");
            } else if (code != 0) {
              throw operation.failed(code);
            }
            return bytes.getLong(0);
          }
        });
  }

  static Operation operation(String verb, Collection<SnapshotName> names, String permissions) {
    List<Grant> grants =
        names.stream()
            .map(SnapshotName::dataset)
            .distinct()
            .map(dataset -> new Grant(permissions, dataset))
            .toList();
    List<String> texts = texts(names);
    return new Operation(
        texts.size() == 1 ? verb : verb + "s",
        String.join(", ", texts.subList(0, Math.min(3, texts.size())))
            + (texts.size() > 3 ? " and " + (texts.size() - 3) + " more" : ""),
        names.iterator().next().dataset(),
        grants);
  }

  static List<String> texts(Collection<SnapshotName> names) {
    return names.stream().map(SnapshotName::toString).toList();
  }
}
