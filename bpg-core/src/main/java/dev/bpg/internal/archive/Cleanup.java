package dev.bpg.internal.archive;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a cleanup took away, or would take away.
 *
 * @param files the files, the oldest first
 */
public record Cleanup(List<ArchivedFile> files) {

  /** Copies the list. */
  public Cleanup {
    files = List.copyOf(files);
  }

  /**
   * Deletes the segments that nobody needs any more: those before the one that holds a position,
   * whatever their timeline. History files stay, and so does what the server archives meanwhile.
   * The oldest go first, so that what is left has no new gap, whenever this ends.
   *
   * @param oldestNeeded the first position that anybody may recover from; empty if nobody is going
   *     to recover from anything that is there now
   * @param before only what was archived before this time, up to the first file that was not; empty
   *     for whenever that was
   * @param dryRun whether to leave everything as it is
   * @return what was deleted, or would be
   * @throws UnavailableException if the archive cannot be read or written
   */
  public static Cleanup of(
      ArchiveStore store,
      WalSegments segments,
      Optional<Lsn> oldestNeeded,
      Optional<Instant> before,
      boolean dryRun) {
    return Access.translate(
        store,
        "clean up",
        () -> {
          Instant limit = before.orElse(Instant.MAX);
          Cleanup cleanup =
              new Cleanup(
                  Listing.before(store, segments, oldestNeeded).stream()
                      .takeWhile(file -> file.archivedAt().isBefore(limit))
                      .toList());
          if (!dryRun) {
            store.delete(cleanup.files());
            store.sweep();
          }
          return cleanup;
        });
  }

  /** The space that the files took, in bytes. */
  public long bytes() {
    return files.stream().mapToLong(ArchivedFile::bytes).sum();
  }
}
