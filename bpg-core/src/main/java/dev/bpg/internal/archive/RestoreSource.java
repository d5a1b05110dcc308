package dev.bpg.internal.archive;

import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An archive of somebody else to recover from. It is only read.
 *
 * @param folder where it is
 * @param lastSegment the name of the last segment to take from it: later segments and later
 *     timelines are not seen; empty for all there is
 */
public record RestoreSource(Path folder, Optional<String> lastSegment) {

  /** Checks the name. */
  public RestoreSource {
    lastSegment
        .filter(name -> !WalSegments.isName(name))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("not the name of a WAL segment: " + name);
            });
  }

  /** All of an archive. */
  public static RestoreSource all(Path folder) {
    return new RestoreSource(folder, Optional.empty());
  }

  /** Whether a file is taken from it, by its name. */
  boolean admits(String name) {
    if (lastSegment.isEmpty()) {
      return true;
    }
    String last = lastSegment.get();
    boolean ofTimeline = name.substring(0, 8).compareTo(last.substring(0, 8)) <= 0;
    boolean hasPlace = name.length() >= WalSegments.LENGTH_OF_NAME;
    return ofTimeline
        && (!hasPlace
            || name.substring(8, WalSegments.LENGTH_OF_NAME).compareTo(last.substring(8)) <= 0);
  }

  /** An archive up to where a branch began to write WAL of its own. */
  public static RestoreSource upTo(Path folder, int timeline, Lsn fork, WalSegments segments) {
    return new RestoreSource(
        folder, Optional.of(segments.name(timeline, segments.numberBefore(fork))));
  }
}
