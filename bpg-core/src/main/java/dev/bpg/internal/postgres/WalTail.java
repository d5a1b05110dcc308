package dev.bpg.internal.postgres;

import dev.bpg.internal.platform.FileOwner;
import dev.bpg.internal.wal.WalSegments;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** WAL that a server which does not run has written and not archived. */
public final class WalTail {

  private WalTail() {}

  /**
   * Copies a stopped server's segments, from one on, into a folder that another server can recover
   * from, and gives them to the folder's owner.
   *
   * @param first the name of the first segment; those of other timelines are left out
   */
  public static void copy(Path data, Path target, String first) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(data.resolve("pg_wal"))) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (WalSegments.isName(name)
            && WalSegments.timelineOf(name) == WalSegments.timelineOf(first)
            && name.compareTo(first) >= 0) {
          Path copy = target.resolve(name);
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
          FileOwner.copy(target, copy);
        }
      }
    }
  }

  /** Has the server of a data folder recover from an archive when it starts. */
  public static void signalRecovery(Path data) throws IOException {
    DataFolder.writeOwned(data, "recovery.signal", "");
  }
}
