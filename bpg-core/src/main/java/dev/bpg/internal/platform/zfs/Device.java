package dev.bpg.internal.platform.zfs;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.bpg.internal.platform.Errno;
import java.util.Map;

/**
 * An open {@code /dev/zfs}. It is opened for each operation: that costs microseconds, and nothing
 * has to be closed at the end.
 */
final class Device implements AutoCloseable, KernelCall.Discardable {

  static final String PATH = "/dev/zfs";

  private final int fd;

  private Device(int fd) {
    this.fd = fd;
  }

  static Device open(Operation operation) throws ZfsException {
    return open(operation, 0);
  }

  /** One whose holds are released when it is closed, or its process dies. */
  static Device openForHolds(Operation operation) throws ZfsException {
    return open(operation, SystemCalls.O_EXCL);
  }

  private static Device open(Operation operation, int flags) throws ZfsException {
    try {
      return new Device(SystemCalls.open(PATH, SystemCalls.O_RDWR | SystemCalls.O_CLOEXEC | flags));
    } catch (LastErrorException e) {
      throw failed(operation, e.getErrorCode());
    }
  }

  private static ZfsException failed(Operation operation, int code) {
    String reason = PATH + " cannot be opened: " + ZfsCodes.text(code);
    return code == Errno.EACCES || code == Errno.EPERM
        ? operation.failed(
            ZfsException.Kind.NOT_PERMITTED,
            code,
            reason,
            "let every user open it: chmod 0666 " + PATH,
            Map.of())
        : operation.failed(ZfsException.Kind.OTHER, code, reason);
  }

  int fd() {
    return fd;
  }

  int call(long request, ZfsCommand command) {
    return command.call(fd, request);
  }

  /** Whether a dataset or snapshot is there: 0, ENOENT or another error number. */
  int find(String name) {
    try (ZfsCommand command = new ZfsCommand().name(name).simple()) {
      return call(ZfsCommand.ZFS_IOC_OBJSET_STATS, command);
    }
  }

  /** Space for a pointer that a call fills in. */
  static Memory out() {
    Memory out = new Memory(Long.BYTES);
    out.clear();
    return out;
  }

  @Override
  public void close() {
    SystemCalls.close(fd);
  }

  @Override
  public void discard() {
    close();
  }
}
