package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import java.nio.file.Path;

/** Writes what the system still holds in memory to the disk. */
public final class FileSystemSync {

  private FileSystemSync() {}

  /** Syncs the whole file system that a path is on, by {@code syncfs(2)}. */
  public static void sync(Path path) throws NativeException {
    try {
      int fd = FileCalls.open(path.toString(), FileCalls.O_RDONLY | FileCalls.O_CLOEXEC, 0);
      try {
        FileCalls.syncfs(fd);
      } finally {
        FileCalls.close(fd);
      }
    } catch (LastErrorException e) {
      throw Errno.failed("syncfs(" + path + ")", e);
    }
  }
}
