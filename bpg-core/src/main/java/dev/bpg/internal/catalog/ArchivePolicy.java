package dev.bpg.internal.catalog;

import dev.bpg.model.WalCompression;
import java.time.Duration;

/**
 * How a branch's WAL is archived.
 *
 * @param compression how the files are compressed
 * @param timeout after how long a segment that is not full is archived
 */
public record ArchivePolicy(WalCompression compression, Duration timeout) {

  /** That of an archive of which nothing is said anywhere. */
  public static final ArchivePolicy DEFAULT =
      new ArchivePolicy(WalCompression.GZIP, Duration.ofSeconds(60));
}
