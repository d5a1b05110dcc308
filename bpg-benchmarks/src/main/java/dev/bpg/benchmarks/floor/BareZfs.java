package dev.bpg.benchmarks.floor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import java.util.Map;

/**
 * Snapshot, clone and mount by the native calls alone: no property, no check, no record, nothing
 * freed but the lists.
 */
public final class BareZfs implements ZfsClone {

  private static final int UNIQUE_NAME = 1;
  private static final long NODEV_NOSUID_NOATIME = 4 | 2 | 1024;

  private final Core core = Native.load("libzfs_core.so.3", Core.class);
  private final Lists lists = Native.load("libnvpair.so.3", Lists.class);
  private final Libc libc =
      Native.load("c", Libc.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));

  /** Connects to the module. */
  public BareZfs() {
    check("libzfs_core_init", core.libzfs_core_init());
  }

  @Override
  public void make(String source, String snapshot, String target, Path folder) {
    String full = source + "@" + snapshot;
    Pointer names = set(full);
    try {
      PointerByReference errors = new PointerByReference();
      check("lzc_snapshot", core.lzc_snapshot(names, null, errors));
    } finally {
      lists.nvlist_free(names);
    }
    check("lzc_clone", core.lzc_clone(target, full, null));
    if (libc.mount(target, folder.toString(), "zfs", NODEV_NOSUID_NOATIME, "mntpoint=" + folder)
        != 0) {
      throw new IllegalStateException("mount: errno " + Native.getLastError());
    }
  }

  /** Takes a clone and its snapshot away again, however they were made. */
  public void delete(String source, String snapshot, String target, Path folder) {
    if (libc.umount2(folder.toString(), 0) != 0) {
      throw new IllegalStateException("umount2: errno " + Native.getLastError());
    }
    check("lzc_destroy", core.lzc_destroy(target));
    Pointer names = set(source + "@" + snapshot);
    try {
      PointerByReference errors = new PointerByReference();
      check("lzc_destroy_snaps", core.lzc_destroy_snaps(names, 0, errors));
    } finally {
      lists.nvlist_free(names);
    }
  }

  private Pointer set(String name) {
    PointerByReference list = new PointerByReference();
    check("nvlist_alloc", lists.nvlist_alloc(list, UNIQUE_NAME, 0));
    check("nvlist_add_boolean", lists.nvlist_add_boolean(list.getValue(), name));
    return list.getValue();
  }

  private static void check(String call, int error) {
    if (error != 0) {
      throw new IllegalStateException(call + ": " + error);
    }
  }

  /** From {@code libzfs_core.h}. */
  interface Core extends Library {
    int libzfs_core_init();

    int lzc_snapshot(Pointer snaps, Pointer props, PointerByReference errlist);

    int lzc_clone(String name, String origin, Pointer props);

    int lzc_destroy(String name);

    int lzc_destroy_snaps(Pointer snaps, int defer, PointerByReference errlist);
  }

  /** From {@code libnvpair.h}. */
  interface Lists extends Library {
    int nvlist_alloc(PointerByReference list, int flags, int kmflag);

    int nvlist_add_boolean(Pointer list, String name);

    void nvlist_free(Pointer list);
  }

  /** mount(2), umount(2). */
  interface Libc extends Library {
    int mount(String source, String target, String type, long flags, String data);

    int umount2(String target, int flags);
  }
}
