package dev.bpg.internal.platform.zfs;

import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the error numbers of mount(2) and umount2(2) mean for ZFS. */
final class MountErrors {

  private static final String RIGHTS =
      "run this as root or with CAP_SYS_ADMIN; \"zfs allow\" cannot grant mounting on Linux";

  private static final String NOT_MOUNTED = "nothing of ZFS is mounted there";

  private MountErrors() {}

  static ZfsException notMounted(Path target) {
    return new Operation("unmount", target.toString(), new DatasetName("none"))
        .failed(Kind.NOT_FOUND, 0, NOT_MOUNTED);
  }

  static ZfsException mount(Operation operation, int code, DatasetName name, Path target)
      throws ZfsException {
    switch (code) {
      case Errno.EACCES:
        return operation.failed(
            Kind.NOT_PERMITTED,
            code,
            "its encryption key is not loaded, or this user may not reach the folder",
            "load the key: zfs load-key " + name,
            Map.of());
      case Errno.EPERM:
        return operation.failed(
            Kind.NOT_PERMITTED, code, "this user may not mount", RIGHTS, Map.of());
      case Errno.ENOENT:
      case Errno.ENXIO:
        return operation.failed(
            Kind.NOT_FOUND,
            code,
            Files.exists(target) ? "there is no dataset " + name : "there is no folder " + target);
      case Errno.ENOTDIR:
        return operation.failed(Kind.NOT_FOUND, code, target + " is not a folder");
      case Errno.EBUSY:
        return operation.failed(
            Kind.BUSY, code, "it is mounted there already, or being received into");
      case Errno.EINVAL:
        return operation.failed(
            Kind.UNSUPPORTED, code, "it is no file system, or its parts cannot be read");
      case Errno.ENODEV:
        return operation.failed(Kind.UNSUPPORTED, code, "the kernel knows no file system \"zfs\"");
      default:
        return operation.failed(code);
    }
  }

  static ZfsException unmount(Operation operation, int code, Mounts mounts) throws ZfsException {
    switch (code) {
      case Errno.EPERM:
      case Errno.EACCES:
        return operation.failed(
            Kind.NOT_PERMITTED, code, "this user may not unmount", RIGHTS, Map.of());
      case Errno.ENOENT:
      case Errno.EINVAL:
        return operation.failed(Kind.NOT_FOUND, code, NOT_MOUNTED);
      case Errno.EBUSY:
        return operation.failed(Kind.BUSY, code, mounts.reasonForUse(operation.dataset()));
      default:
        return operation.failed(code);
    }
  }
}
