package dev.bpg.internal.platform.zfs;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import java.util.Map;

/**
 * ZFS's own error numbers, by {@code zfs_errno_t} of {@code sys/fs/zfs.h}. Its functions return
 * these and those of {@code errno(3)}, which are below 1024: {@link Errno}.
 */
final class ZfsCodes {

  static final int ZFS_ERR_IOC_CMD_UNAVAIL = 1029;
  static final int ZFS_ERR_IOC_ARG_UNAVAIL = 1030;
  static final int ZFS_ERR_IOC_ARG_REQUIRED = 1031;
  static final int ZFS_ERR_IOC_ARG_BADTYPE = 1032;
  static final int ZFS_ERR_WRONG_PARENT = 1033;
  static final int ZFS_ERR_UNKNOWN_SEND_STREAM_FEATURE = 1037;
  static final int ZFS_ERR_EXPORT_IN_PROGRESS = 1038;
  static final int ZFS_ERR_BOOKMARK_SOURCE_NOT_ANCESTOR = 1039;
  static final int ZFS_ERR_STREAM_TRUNCATED = 1040;
  static final int ZFS_ERR_BADPROP = 1044;
  static final int ZFS_ERR_RESUME_EXISTS = 1047;

  private static final Map<Integer, String> OWN_TEXTS =
      Map.ofEntries(
          Map.entry(1024, "a checkpoint exists"),
          Map.entry(1025, "a checkpoint is being discarded"),
          Map.entry(1026, "there is no checkpoint"),
          Map.entry(1027, "a device is being removed"),
          Map.entry(1028, "a device is too big"),
          Map.entry(ZFS_ERR_IOC_CMD_UNAVAIL, "the kernel module lacks this operation"),
          Map.entry(ZFS_ERR_IOC_ARG_UNAVAIL, "the kernel module does not know an argument"),
          Map.entry(ZFS_ERR_IOC_ARG_REQUIRED, "the kernel module misses an argument"),
          Map.entry(ZFS_ERR_IOC_ARG_BADTYPE, "the kernel module expects another type"),
          Map.entry(ZFS_ERR_WRONG_PARENT, "the parent is not a file system"),
          Map.entry(1034, "the stream's source lacks an IV set"),
          Map.entry(1035, "the stream's IV set is another one"),
          Map.entry(1036, "the stream lacks a flag that it must have"),
          Map.entry(ZFS_ERR_UNKNOWN_SEND_STREAM_FEATURE, "the stream has an unknown feature"),
          Map.entry(ZFS_ERR_EXPORT_IN_PROGRESS, "the pool is being exported"),
          Map.entry(ZFS_ERR_BOOKMARK_SOURCE_NOT_ANCESTOR, "the source is no ancestor"),
          Map.entry(ZFS_ERR_STREAM_TRUNCATED, "the stream ends early"),
          Map.entry(1041, "the stream's block size differs from the earlier one"),
          Map.entry(1042, "a resilver is in progress"),
          Map.entry(1043, "a rebuild is in progress"),
          Map.entry(ZFS_ERR_BADPROP, "a property is not valid"),
          Map.entry(1045, "a device is not supported"),
          Map.entry(1046, "not a user namespace"),
          Map.entry(ZFS_ERR_RESUME_EXISTS, "a receive that can be resumed exists"),
          Map.entry(1048, "the encryption is not supported"));

  private ZfsCodes() {}

  /** The text of an error number. */
  static String text(int code) {
    return code < 1024
        ? Errno.text(code)
        : OWN_TEXTS.getOrDefault(code, "an error of ZFS that this library does not know");
  }

  /** The error of one native call, before it is known what it means. */
  static NativeException failed(String call, int code) {
    return new NativeException(call, code, text(code));
  }
}
