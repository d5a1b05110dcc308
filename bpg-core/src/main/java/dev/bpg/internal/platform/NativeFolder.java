package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import java.nio.file.Path;

/** An open folder, for the calls that take one. */
final class NativeFolder implements AutoCloseable {

  private final int fd;

  private NativeFolder(int fd) {
    this.fd = fd;
  }

  static NativeFolder open(Path path) throws NativeException {
    try {
      return new NativeFolder(
          FileCalls.open(
              path.toString(),
              FileCalls.O_RDONLY | FileCalls.O_CLOEXEC | OpenFlags.O_DIRECTORY,
              0));
    } catch (LastErrorException e) {
      throw Errno.failed("open(" + path + ")", e);
    }
  }

  int fd() {
    return fd;
  }

  // A folder opened for reading has nothing left to write that closing could fail at.
  @Override
  public void close() {
    FileCalls.close(fd);
  }
}
