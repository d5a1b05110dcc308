package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Path;

/** Makes a whole file system durable, by {@code syncfs(2)}. */
public final class FileSystemSync {

  private FileSystemSync() {}

  /**
   * Writes everything that the file system of a folder holds in memory to its device, and waits.
   * For a thousand small files it is far cheaper than an {@code fsync} of each.
   *
   * @throws IOException if the folder cannot be opened or the device reports an error
   */
  public static void sync(Path folder) throws IOException {
    try (NativeFolder open = NativeFolder.open(folder)) {
      FileCalls.syncfs(open.fd());
    } catch (LastErrorException e) {
      throw Errno.failed("syncfs(" + folder + ")", e);
    }
  }
}
