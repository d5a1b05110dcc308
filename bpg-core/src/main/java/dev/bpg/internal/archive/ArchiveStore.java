package dev.bpg.internal.archive;

import dev.bpg.error.RefusedException;
import dev.bpg.model.WalCompression;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A place that holds the WAL of one incarnation of a branch, and the commands by which its server
 * writes and reads it. Safe for use by several threads and processes at once, servers included.
 */
public interface ArchiveStore extends ArchiveFiles {

  /** The settings' default for how long a segment may stay open before it is archived. */
  Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /**
   * Makes ready for a server that archives into it. To be called before each start: what is made is
   * replaced, and a server that runs takes the new at its next file.
   *
   * @param compression how files are compressed from now on; those that are there stay as they are
   * @param timeout after how long a segment that is not full is archived; in whole seconds, and
   *     zero for never
   * @return the settings that the server has to be started with
   * @throws RefusedException if Postgres cannot be told of this place
   */
  Map<String, String> archiveSettings(WalCompression compression, Duration timeout)
      throws IOException;

  /**
   * Makes ready for a server that recovers from it. A file is looked for here first, then in the
   * others in their order.
   *
   * @param others the archives of the branch's ancestors, the nearest first
   * @return the settings that the server has to be started with
   * @throws RefusedException if Postgres cannot be told of this place
   */
  Map<String, String> restoreSettings(List<RestoreSource> others) throws IOException;

  /** Deletes files, in this order and durably. One that is gone already is no error. */
  void delete(List<ArchivedFile> files) throws IOException;

  /** Deletes what writers that were killed left behind over an hour ago. */
  void sweep() throws IOException;
}
