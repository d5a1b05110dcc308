package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds, each with a tag, that keep snapshots from being destroyed. Safe for use by several
 * threads.
 */
public final class Holds {

  // The holds stay until they are released.
  private static final int NO_CLEANUP = -1;

  private final KernelCalls calls;

  Holds(KernelCalls calls) {
    this.calls = calls;
  }

  /**
   * Holds snapshots of one pool until the result is closed or this process ends, however it ends.
   *
   * @param tag any text of at most 255 characters
   * @throws ZfsException {@code EXISTS} if one is held with this tag, {@code NOT_FOUND}, {@code
   *     OTHER_POOL} and those of every change; then nothing is held
   */
  public Hold whileOpen(Collection<SnapshotName> names, String tag) throws ZfsException {
    SnapshotErrors.requireNames(names);
    Operation operation = Snapshots.operation("hold snapshot", names, "hold");
    Device held =
        calls.call(
            operation,
            () -> {
              Device device = Device.openForHolds(operation);
              try {
                hold(operation, names, tag, device.fd());
                return device;
              } catch (ZfsException | NativeException | RuntimeException | Error e) {
                device.close();
                throw e;
              }
            });
    return new Hold(calls, operation, held);
  }

  /**
   * Holds a snapshot until it is released.
   *
   * @param tag any text of at most 255 characters
   * @throws ZfsException {@code EXISTS} if it is held with this tag, {@code NOT_FOUND} and those of
   *     every change
   */
  public void hold(SnapshotName name, String tag) throws ZfsException {
    Operation operation = Snapshots.operation("hold snapshot", List.of(name), "hold");
    calls.run(operation, () -> hold(operation, List.of(name), tag, NO_CLEANUP));
  }

  private static void hold(
      Operation operation, Collection<SnapshotName> names, String tag, int cleanupFd)
      throws ZfsException, NativeException {
    try (NvList holds = NvList.empty();
        Memory out = Device.out()) {
      for (SnapshotName name : names) {
        holds.put(name.toString(), tag);
      }
      int code = ZfsCoreCalls.lzc_hold(holds.pointer(), cleanupFd, out);
      try (NvList errors = NvList.taken(out)) {
        Map<String, Integer> entries = SnapshotErrors.codes(errors);
        // A snapshot that is missing is no failure of the whole.
        if (code != 0 || !entries.isEmpty()) {
          throw SnapshotErrors.hold(operation, code, names, entries);
        }
      }
    }
  }

  /**
   * Releases a hold. One that does not exist is none to release.
   *
   * @throws ZfsException {@code BUSY} for a hold of a process and those of every change
   */
  public void release(SnapshotName name, String tag) throws ZfsException {
    Operation operation = Snapshots.operation("release snapshot", List.of(name), "release");
    calls.run(
        operation,
        () -> {
          try (NvList tags = NvList.ofNames(List.of(tag));
              NvList holds = NvList.empty().put(name.toString(), tags);
              Memory out = Device.out()) {
            int code = ZfsCoreCalls.lzc_release(holds.pointer(), out);
            // What did not exist.
            NvList.taken(out).close();
            if (code != 0) {
              throw operation.failed(code);
            }
          }
        });
  }

  /**
   * The tags of the holds on a snapshot.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public Set<String> of(SnapshotName name) throws ZfsException {
    Operation operation = new Operation("list holds of snapshot", name.toString(), name.dataset());
    return calls.call(operation, () -> on(operation, name));
  }

  /** The same, where the kernel may be called. */
  static Set<String> on(Operation operation, SnapshotName snapshot) throws ZfsException {
    try (Memory out = Device.out()) {
      int code = ZfsCoreCalls.lzc_get_holds(snapshot.toString(), out);
      try (NvList holds = NvList.taken(out)) {
        if (code == Errno.ENOENT) {
          throw operation.failed(Kind.NOT_FOUND, code, "there is no snapshot " + snapshot);
        } else if (code != 0) {
          throw operation.failed(code);
        }
        return Set.copyOf(holds.names());
      }
    } catch (NativeException e) {
      throw operation.failed(e.errno());
    }
  }
}
