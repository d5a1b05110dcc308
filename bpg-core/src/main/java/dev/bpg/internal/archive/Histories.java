package dev.bpg.internal.archive;

import dev.bpg.internal.wal.TimelineHistory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The history files of an archive. */
final class Histories {

  // Far more than any real one; a damaged file may unpack to very much.
  private static final int LONGEST = 1 << 20;

  private Histories() {}

  /** The history of a timeline; unknown when there is no file of it. */
  static TimelineHistory read(ArchiveFiles store, int timeline) throws IOException {
    String name = TimelineHistory.fileName(timeline);
    List<ArchivedFile> files = Listing.files(store, file -> file.name().equals(name));
    return files.isEmpty()
        ? TimelineHistory.unknown(timeline)
        : read(store, files.get(0), timeline);
  }

  /** What a history file says. */
  static TimelineHistory read(ArchiveFiles store, ArchivedFile file, int timeline)
      throws IOException {
    try (InputStream in = Content.open(store, file)) {
      String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
      return TimelineHistory.parse(timeline, text);
    } catch (IllegalArgumentException e) {
      throw new IOException(file.storedName() + " is damaged: " + e.getMessage(), e);
    }
  }
}
