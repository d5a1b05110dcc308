package dev.bpg.internal.platform.zfs;

import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the error numbers of setting properties mean, by {@code zfs_set_prop_nvlist}. */
final class PropertyErrors {

  private PropertyErrors() {}

  /** What {@code zfs allow} calls the rights that are needed. */
  static Set<String> permissions(PropertySettings properties) {
    Set<String> permissions = new TreeSet<>();
    for (String name : properties.values().keySet()) {
      permissions.add(name.contains(":") ? "userprop" : name);
    }
    return permissions;
  }

  static ZfsException set(
      Operation operation, int code, PropertySettings properties, Map<String, Integer> refused) {
    String which =
        refused.isEmpty()
            ? properties.toString()
            : String.join(", ", new TreeSet<>(refused.keySet()));
    switch (code) {
      case Errno.EINVAL:
      case Errno.EOPNOTSUPP:
      case Errno.ERANGE:
      case Errno.EBADF:
      case Errno.ENAMETOOLONG:
      case ZfsCodes.ZFS_ERR_BADPROP:
        return operation.failed(
            Kind.BAD_PROPERTY, code, "the installed ZFS does not take: " + which, null, refused);
      case Errno.ENOSPC:
        return operation.failed(
            Kind.NO_SPACE,
            code,
            "a quota would be below what is used, or a reservation above what is free: " + which,
            null,
            refused);
      default:
        return operation.failed(code, refused);
    }
  }
}
