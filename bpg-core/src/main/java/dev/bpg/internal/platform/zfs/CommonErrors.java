package dev.bpg.internal.platform.zfs;

import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.util.Map;
import java.util.stream.Collectors;

/** Error numbers that mean the same whatever was asked of ZFS. */
final class CommonErrors {

  private CommonErrors() {}

  static ZfsException translate(Operation operation, int code, Map<String, Integer> entries) {
    String pool = operation.dataset().pool();
    switch (code) {
      case Errno.EACCES:
        return operation.failed(
            Kind.NOT_PERMITTED,
            code,
            "an encryption key is not loaded, or this user may not",
            "load the keys: zfs load-key -a",
            entries);
      case Errno.EPERM:
        return operation.failed(
            Kind.NOT_PERMITTED, code, "this user may not", allowing(operation), entries);
      case Errno.ENOENT:
        return failed(operation, Kind.NOT_FOUND, code, "it does not exist", entries);
      case Errno.EEXIST:
        return failed(operation, Kind.EXISTS, code, "it exists already", entries);
      case Errno.EBUSY:
        return failed(operation, Kind.BUSY, code, "it is in use", entries);
      case Errno.EXDEV:
        return failed(operation, Kind.OTHER_POOL, code, "not all of it is in one pool", entries);
      case Errno.EAGAIN:
        return operation.failed(
            Kind.SUSPENDED,
            code,
            "the pool \"" + pool + "\" is suspended, for it cannot reach its devices",
            "bring the devices back and run: zpool clear " + pool,
            entries);
      case Errno.EROFS:
        return failed(operation, Kind.READ_ONLY, code, "the pool is read-only", entries);
      case Errno.ENOSPC:
        return failed(operation, Kind.NO_SPACE, code, "the pool has not enough space", entries);
      case Errno.EDQUOT:
        return failed(operation, Kind.QUOTA, code, "a quota or limit is reached", entries);
      case Errno.EOPNOTSUPP:
      case Errno.ENOTTY:
      case ZfsCodes.ZFS_ERR_IOC_CMD_UNAVAIL:
      case ZfsCodes.ZFS_ERR_IOC_ARG_UNAVAIL:
      case ZfsCodes.ZFS_ERR_IOC_ARG_REQUIRED:
      case ZfsCodes.ZFS_ERR_IOC_ARG_BADTYPE:
        return failed(
            operation,
            Kind.UNSUPPORTED,
            code,
            "the installed ZFS cannot: " + ZfsCodes.text(code),
            entries);
      default:
        return failed(
            operation, Kind.OTHER, code, ZfsCodes.text(code) + " (" + code + ")", entries);
    }
  }

  private static ZfsException failed(
      Operation operation, Kind kind, int code, String reason, Map<String, Integer> entries) {
    return operation.failed(kind, code, reason, null, entries);
  }

  private static String allowing(Operation operation) {
    if (operation.grants().isEmpty()) {
      return "run it as root";
    }
    return "run it as root, or let this user do it: "
        + operation.grants().stream()
            .map(Operation.Grant::command)
            .collect(Collectors.joining(" && "));
  }
}
