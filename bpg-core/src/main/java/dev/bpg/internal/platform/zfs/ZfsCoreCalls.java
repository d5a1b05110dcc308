package dev.bpg.internal.platform.zfs;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Functions of {@code libzfs_core.so.3}, the same on OpenZFS 2.1 to 2.4; see {@code libzfs_core.h}
 * and the comments in {@code libzfs_core.c}. Each {@code int} returned is an error number, that of
 * {@code errno(3)} or one of {@link ZfsCodes}; {@code errno} itself says nothing.
 *
 * <p>Any call before {@link #libzfs_core_init} has returned 0 aborts the process, so only {@link
 * Zfs#open()} makes objects that call these. The library is never told to end.
 */
final class ZfsCoreCalls {

  static final String LIBRARY = "libzfs_core.so.3";

  static final int LZC_DATSET_TYPE_ZFS = 2;

  static {
    Native.register(ZfsCoreCalls.class, NativeLibraries.load(LIBRARY));
  }

  private ZfsCoreCalls() {}

  static native int libzfs_core_init();

  static native int lzc_create(
      String name, int type, Pointer properties, @Nullable Pointer key, int keyLength);

  static native int lzc_clone(String name, String origin, Pointer properties);

  static native int lzc_destroy(String name);

  static native int lzc_promote(String name, Pointer conflict, int length);

  static native int lzc_rollback_to(String name, String snapshot);

  static native int lzc_rename(String source, String target);

  /** Of one pool, and one snapshot of each dataset. */
  static native int lzc_snapshot(Pointer snapshots, Pointer properties, Pointer errors);

  static native int lzc_destroy_snaps(Pointer snapshots, int defer, Pointer errors);

  static native int lzc_hold(Pointer holds, int cleanupFd, Pointer errors);

  static native int lzc_release(Pointer holds, Pointer errors);

  static native int lzc_get_holds(String snapshot, Pointer holds);

  static native int lzc_bookmark(Pointer bookmarks, Pointer errors);

  static native int lzc_destroy_bookmarks(Pointer bookmarks, Pointer errors);

  static native int lzc_get_bookmarks(String name, @Nullable Pointer properties, Pointer bookmarks);

  static native int lzc_snaprange_space(String first, String last, Pointer bytes);

  static native int lzc_send_resume(
      String snapshot, @Nullable String from, int fd, int flags, long object, long offset);

  static native int lzc_send_space(
      String snapshot, @Nullable String from, int flags, Pointer bytes);

  static native int lzc_receive(
      String snapshot,
      @Nullable Pointer properties,
      @Nullable String origin,
      int force,
      int raw,
      int fd);

  static native int lzc_receive_resumable(
      String snapshot,
      @Nullable Pointer properties,
      @Nullable String origin,
      int force,
      int raw,
      int fd);
}
