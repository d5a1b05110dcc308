package dev.bpg.internal.platform.zfs;

import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.util.List;

/**
 * What the error numbers of each operation on datasets mean, by {@code zfs_ioctl.c}, {@code
 * dmu_objset.c} and {@code dsl_….c}. Where one number has several meanings, they look again; to be
 * called where the kernel may be called.
 */
final class DatasetErrors {

  private DatasetErrors() {}

  static ZfsException create(
      Operation operation, int code, DatasetName name, PropertySettings properties)
      throws ZfsException {
    switch (code) {
      case Errno.ENOENT:
        return parentMissing(operation, code, name);
      case ZfsCodes.ZFS_ERR_WRONG_PARENT:
        return operation.failed(Kind.UNSUPPORTED, code, "its parent is not a file system");
      default:
        return made(operation, code, properties);
    }
  }

  static ZfsException clone(
      Operation operation,
      int code,
      SnapshotName origin,
      DatasetName name,
      PropertySettings properties)
      throws ZfsException {
    if (code == Errno.ENOENT) {
      return Existence.isMissing(operation, origin.toString())
          ? operation.failed(Kind.NOT_FOUND, code, "there is no snapshot " + origin)
          : parentMissing(operation, code, name);
    }
    return made(operation, code, properties);
  }

  private static ZfsException made(Operation operation, int code, PropertySettings properties) {
    switch (code) {
      case Errno.EINVAL:
      case Errno.EOPNOTSUPP:
      case Errno.ERANGE:
      case Errno.EBADF:
      case ZfsCodes.ZFS_ERR_BADPROP:
        // The names have been checked.
        return operation.failed(
            Kind.BAD_PROPERTY,
            code,
            "the installed ZFS does not take one of its properties: " + properties);
      case Errno.ENAMETOOLONG:
        return operation.failed(
            Kind.UNSUPPORTED, code, "its name is too long or has too many parts");
      default:
        return operation.failed(code);
    }
  }

  private static ZfsException parentMissing(Operation operation, int code, DatasetName name) {
    return operation.failed(
        Kind.NOT_FOUND,
        code,
        name.parent()
            .map(parent -> "there is no dataset " + parent + " to have it")
            .orElse("there is no pool " + name));
  }

  static ZfsException destroy(Operation operation, int code, DatasetName name, Mounts mounts)
      throws ZfsException {
    if (code == Errno.EEXIST) {
      List<DatasetName> children = Listing.children(operation, name);
      return operation.failed(Kind.HAS_CHILDREN, code, "below it are " + some(children));
    } else if (code == Errno.EBUSY) {
      List<SnapshotName> snapshots = Listing.snapshots(operation, name);
      return snapshots.isEmpty()
          ? operation.failed(Kind.BUSY, code, mounts.reasonForUse(name))
          : operation.failed(Kind.HAS_SNAPSHOTS, code, "it has the snapshots " + some(snapshots));
    }
    return operation.failed(code);
  }

  static ZfsException promote(Operation operation, int code, DatasetName name, String conflict) {
    switch (code) {
      case Errno.EINVAL:
        return operation.failed(Kind.UNSUPPORTED, code, "it is no clone");
      case Errno.EEXIST:
        return operation.failed(
            Kind.EXISTS, code, "it has a snapshot @" + conflict + ", and so has its origin");
      case Errno.EBUSY:
        return operation.failed(
            Kind.BUSY, code, "a snapshot that would move to it is being sent or received");
      case Errno.ENAMETOOLONG:
        return operation.failed(
            Kind.UNSUPPORTED, code, "a snapshot that would move to it had too long a name");
      default:
        return operation.failed(code);
    }
  }

  static ZfsException rollback(Operation operation, int code, SnapshotName snapshot)
      throws ZfsException {
    switch (code) {
      case Errno.EEXIST:
        return operation.failed(
            Kind.NEWER_SNAPSHOTS, code, "it is not the newest snapshot or bookmark");
      case Errno.ESRCH:
        return Existence.isMissing(operation, snapshot.toString())
            ? operation.failed(Kind.NOT_FOUND, code, "there is no such snapshot")
            : operation.failed(Kind.UNRELATED, code, "it is not in the history of the dataset");
      case Errno.ENOENT:
        return operation.failed(Kind.NOT_FOUND, code, "there is no dataset " + snapshot.dataset());
      case Errno.EDQUOT:
        return operation.failed(Kind.QUOTA, code, "it has more data than the refquota allows");
      default:
        return operation.failed(code);
    }
  }

  static ZfsException rename(Operation operation, int code, DatasetName from, DatasetName to)
      throws ZfsException {
    switch (code) {
      case Errno.ENOENT:
        return Existence.isMissing(operation, from.value())
            ? operation.failed(Kind.NOT_FOUND, code, "there is no dataset " + from)
            : parentMissing(operation, code, to);
      case Errno.EEXIST:
        return operation.failed(Kind.EXISTS, code, "there is a dataset " + to);
      case Errno.EINVAL:
        return operation.failed(Kind.UNSUPPORTED, code, "the new name is below the old one");
      case Errno.ENAMETOOLONG:
        return operation.failed(
            Kind.UNSUPPORTED, code, "its name or one below it would be too long");
      default:
        return operation.failed(code);
    }
  }

  private static String some(List<?> names) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(3, names.size()); i++) {
      text.append(i == 0 ? "" : ", ").append(names.get(i));
    }
    return names.size() > 3 ? text + " and " + (names.size() - 3) + " more" : text.toString();
  }
}
