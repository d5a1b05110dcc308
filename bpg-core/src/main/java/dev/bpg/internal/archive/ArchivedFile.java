package dev.bpg.internal.archive;

import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.WalCompression;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of an archive.
 *
 * @param name the name that Postgres gave it
 * @param compression how it is stored
 * @param bytes its length as it is stored
 * @param archivedAt when it was put there, by the clock of what keeps it
 */
public record ArchivedFile(
    String name, WalCompression compression, long bytes, Instant archivedAt) {

  private static final Pattern NAME =
      Pattern.compile("[0-9A-F]{8}(\\.history|[0-9A-F]{16}(\\.partial|\\.[0-9A-F]{8}\\.backup)?)");

  /** The file that a stored name says, if it is one of an archive. */
  static Optional<ArchivedFile> parse(String storedName, long bytes, Instant archivedAt) {
    WalCompression compression = compressionOf(storedName);
    String name = storedName.substring(0, storedName.length() - compression.suffix().length());
    return NAME.matcher(name).matches()
        ? Optional.of(new ArchivedFile(name, compression, bytes, archivedAt))
        : Optional.empty();
  }

  private static WalCompression compressionOf(String storedName) {
    for (WalCompression compression : WalCompression.values()) {
      if (compression != WalCompression.NONE && storedName.endsWith(compression.suffix())) {
        return compression;
      }
    }
    return WalCompression.NONE;
  }

  /** The name that it is stored under. */
  public String storedName() {
    return name + compression.suffix();
  }

  /** Whether it is a whole segment. */
  public boolean isSegment() {
    return WalSegments.isName(name);
  }

  /** Whether it is the last segment of a timeline, as far as that was written. */
  public boolean isPartial() {
    return name.endsWith(".partial");
  }

  /** Whether it says where a timeline comes from. */
  public boolean isHistory() {
    return name.endsWith(".history");
  }

  /** Whether it tells of a backup that was made. */
  public boolean isBackup() {
    return name.endsWith(".backup");
  }
}
