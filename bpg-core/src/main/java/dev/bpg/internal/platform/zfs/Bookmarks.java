package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Bookmarks: what remains of a snapshot when it is destroyed, enough to send what changed since.
 * Safe for use by several threads.
 */
public final class Bookmarks {

  private static final String GUID = "guid";

  private final KernelCalls calls;

  Bookmarks(KernelCalls calls) {
    this.calls = calls;
  }

  /**
   * Makes a bookmark of a snapshot of the same dataset.
   *
   * @throws ZfsException {@code EXISTS}, {@code NOT_FOUND}, {@code UNRELATED} if the snapshot is
   *     another dataset's, and those of every change
   */
  public void create(SnapshotName snapshot, BookmarkName bookmark) throws ZfsException {
    Operation operation =
        new Operation(
            "bookmark snapshot", snapshot + " as " + bookmark, snapshot.dataset(), "bookmark");
    calls.run(
        operation,
        () -> {
          try (NvList list = NvList.empty().put(bookmark.toString(), snapshot.toString());
              Memory out = Device.out()) {
            int code = ZfsCoreCalls.lzc_bookmark(list.pointer(), out);
            NvList.taken(out).close();
            if (code != 0) {
              throw failed(operation, code, snapshot, bookmark);
            }
          }
        });
  }

  private static ZfsException failed(
      Operation operation, int code, SnapshotName snapshot, BookmarkName bookmark) {
    switch (code) {
      case Errno.EEXIST:
        return operation.failed(Kind.EXISTS, code, "there is a bookmark " + bookmark);
      case Errno.ENOENT:
      case Errno.ESRCH:
        return operation.failed(Kind.NOT_FOUND, code, "there is no snapshot " + snapshot);
      case Errno.EINVAL:
      case Errno.EXDEV:
      case ZfsCodes.ZFS_ERR_BOOKMARK_SOURCE_NOT_ANCESTOR:
        return operation.failed(
            Kind.UNRELATED, code, "the snapshot is not in the history of " + bookmark.dataset());
      default:
        return operation.failed(code);
    }
  }

  /**
   * Destroys a bookmark. One that does not exist is passed over.
   *
   * @throws ZfsException those of every change
   */
  public void destroy(BookmarkName bookmark) throws ZfsException {
    Operation operation =
        new Operation("destroy bookmark", bookmark.toString(), bookmark.dataset(), "destroy");
    calls.run(
        operation,
        () -> {
          try (NvList list = NvList.ofNames(List.of(bookmark.toString()));
              Memory out = Device.out()) {
            int code = ZfsCoreCalls.lzc_destroy_bookmarks(list.pointer(), out);
            NvList.taken(out).close();
            if (code != 0) {
              throw operation.failed(code);
            }
          }
        });
  }

  /**
   * The bookmarks of a dataset.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public List<BookmarkName> of(DatasetName name) throws ZfsException {
    Operation operation = new Operation("list bookmarks of", name.value(), name);
    return calls.call(
        operation, () -> read(operation, name).keySet().stream().map(name::bookmark).toList());
  }

  /** With the property {@code guid} of each; where the kernel may be called. */
  static Map<String, Object> read(Operation operation, DatasetName name)
      throws ZfsException, NativeException {
    try (NvList wanted = NvList.ofNames(List.of(GUID));
        Memory out = Device.out()) {
      int code = ZfsCoreCalls.lzc_get_bookmarks(name.value(), wanted.pointer(), out);
      try (NvList found = NvList.taken(out)) {
        if (code != 0) {
          throw operation.failed(code);
        }
        return found.read();
      }
    }
  }

  /** The guid in what {@link #read} gives for one bookmark. */
  static OptionalLong guid(Object properties) {
    return properties instanceof Map<?, ?> map
            && map.get(GUID) instanceof Map<?, ?> pair
            && pair.get("value") instanceof Long guid
        ? OptionalLong.of(guid)
        : OptionalLong.empty();
  }
}
