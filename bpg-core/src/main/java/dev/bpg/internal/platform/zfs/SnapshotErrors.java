package dev.bpg.internal.platform.zfs;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the error numbers of operations on snapshots mean, by {@code dsl_dataset.c} and {@code
 * dsl_destroy.c}, as a whole and for each name; to be called where the kernel may be called.
 */
final class SnapshotErrors {

  private SnapshotErrors() {}

  static void requireNames(Collection<?> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no names are given");
    }
  }

  /** The kernel would say that they are of several pools. */
  static void requireOneOfEach(Collection<SnapshotName> names) {
    Set<DatasetName> datasets = new HashSet<>();
    for (SnapshotName name : names) {
      if (!datasets.add(name.dataset())) {
        throw new IllegalArgumentException("two snapshots of " + name.dataset() + " in one call");
      }
    }
  }

  /** Reads {@code {name: error number}}. */
  static Map<String, Integer> codes(NvList errors) throws NativeException {
    Map<String, Integer> codes = new LinkedHashMap<>();
    errors
        .read()
        .forEach(
            (name, code) -> {
              if (code instanceof Long number) {
                codes.put(name, number.intValue());
              }
            });
    return codes;
  }

  static ZfsException create(
      Operation operation, int code, Collection<SnapshotName> names, Map<String, Integer> entries)
      throws ZfsException {
    int first = first(code, entries);
    switch (first) {
      case Errno.ENOENT:
        return operation.failed(
            Kind.NOT_FOUND, first, "there is no dataset " + which(entries, names), null, entries);
      case Errno.EEXIST:
        return operation.failed(
            Kind.EXISTS, first, "there is a snapshot " + which(entries, names), null, entries);
      case Errno.EBUSY:
        return operation.failed(
            Kind.BUSY, first, "being received into is " + which(entries, names), null, entries);
      case Errno.EINVAL:
      case Errno.ENAMETOOLONG:
        return operation.failed(
            Kind.BAD_PROPERTY,
            first,
            "the installed ZFS does not take its properties",
            null,
            entries);
      default:
        return operation.failed(first, entries);
    }
  }

  static ZfsException destroy(
      Operation operation, int code, Collection<SnapshotName> names, Map<String, Integer> entries)
      throws ZfsException {
    int first = first(code, entries);
    if (first == Errno.EEXIST) {
      return operation.failed(
          Kind.HAS_CLONES, first, "there are clones of " + which(entries, names), null, entries);
    } else if (first == Errno.EBUSY) {
      return isHeld(operation, entries.isEmpty() ? Snapshots.texts(names) : entries.keySet())
          ? operation.failed(
              Kind.HELD, first, "a hold is on " + which(entries, names), null, entries)
          : operation.failed(Kind.BUSY, first, "in use is " + which(entries, names), null, entries);
    }
    return operation.failed(first, entries);
  }

  static ZfsException hold(
      Operation operation, int code, Collection<SnapshotName> names, Map<String, Integer> entries) {
    int first = code == 0 ? entries.values().iterator().next() : first(code, entries);
    switch (first) {
      case Errno.ENOENT:
        return operation.failed(
            Kind.NOT_FOUND, first, "there is no snapshot " + which(entries, names), null, entries);
      case Errno.EEXIST:
        return operation.failed(
            Kind.EXISTS, first, "this tag is on " + which(entries, names), null, entries);
      default:
        return operation.failed(first, entries);
    }
  }

  private static boolean isHeld(Operation operation, Collection<String> names) throws ZfsException {
    for (String name : names) {
      if (name.indexOf('@') > 0 && !Holds.on(operation, SnapshotName.of(name)).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  // As a whole the call has the error of any of them.
  private static int first(int code, Map<String, Integer> entries) {
    return entries.containsValue(code) || entries.isEmpty()
        ? code
        : entries.values().iterator().next();
  }

  static String which(Map<String, Integer> entries, Collection<?> all) {
    Collection<?> names = entries.isEmpty() ? all : new TreeSet<>(entries.keySet());
    return String.join(", ", List.copyOf(names).stream().map(Object::toString).toList());
  }
}
