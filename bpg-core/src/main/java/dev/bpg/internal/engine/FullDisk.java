package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells the failures of a server whose disk is full from all others. */
final class FullDisk {

  // A log on the same disk may lack the line that says so. Postgres takes at most half of this at
  // once for a relation; what fails over a segment of WAL deletes it, and can say so.
  private static final long LITTLE = 1 << 20;

  private FullDisk() {}

  /**
   * The error for a server that failed for want of space, if that is why.
   *
   * @param data its data folder
   */
  static Optional<UnavailableException> of(
      Path data, String operation, String subject, BpgException failure) {
    return DurableFile.saysOutOfSpace(failure.reason()) || hasLittleLeft(data, failure)
        ? Optional.of(
            new UnavailableException(
                operation,
                subject,
                "no space is left on the file system of " + data + ": " + failure.reason(),
                "free some space on that file system, or delete branches, and call it again",
                failure))
        : Optional.empty();
  }

  private static boolean hasLittleLeft(Path data, Exception failure) {
    try {
      return Files.getFileStore(data).getUsableSpace() < LITTLE;
    } catch (IOException e) {
      failure.addSuppressed(e);
      return false;
    }
  }
}
