package dev.bpg.internal.lease;

import dev.bpg.internal.platform.LockFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A lease that this process holds. Temporary branches carry its id in their records.
 *
 * @param id what the records carry
 * @param file the locked file
 * @param lock the lock on it
 */
public record Lease(String id, Path file, LockFile lock) implements AutoCloseable {

  /**
   * Ends the lease in good order. To be called when nothing carries its id any more: the file goes
   * first, so that whoever waits for the lock sees that there is nothing to do.
   */
  @Override
  public void close() throws IOException {
    try {
      lock.deleteFile();
    } finally {
      lock.close();
    }
  }

  /** Lets go of the lock and leaves the file: whoever gets the lock has to clean up. */
  public void abandon() {
    lock.close();
  }
}
