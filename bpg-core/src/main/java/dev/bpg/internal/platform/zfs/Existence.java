package dev.bpg.internal.platform.zfs;

import dev.bpg.internal.platform.Errno;

/** Whether things are there; to be called where the kernel may be called. */
final class Existence {

  private Existence() {}

  /** Fails unless it is certain. */
  static boolean of(Operation operation, String name) throws ZfsException {
    int code = code(operation, name);
    if (code == 0 || code == Errno.ENOENT) {
      return code == 0;
    }
    throw operation.failed(code);
  }

  /** Whether it is certain that something is not there, for looking again after an error. */
  static boolean isMissing(Operation operation, String name) throws ZfsException {
    return code(operation, name) == Errno.ENOENT;
  }

  private static int code(Operation operation, String name) throws ZfsException {
    try (Device device = Device.open(operation)) {
      return device.find(name);
    }
  }
}
