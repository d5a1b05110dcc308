package dev.bpg.storage;

import java.nio.file.Path;

/**
 * What a copy of a folder in use leaves out and what it must copy after everything else. Several
 * threads may ask at once, in any order, and once for each entry.
 */
public interface OnlineCopyRules {

  /**
   * Whether an entry is left out. A folder that is left out is not made at all.
   *
   * @param relative the path below the data folder
   */
  boolean excludes(Path relative);

  /**
   * Whether a file must be copied after all others that are not last themselves. Such a file may be
   * rewritten as a whole at any time, like {@code pg_control}; if it has at most 1 MiB, the copy is
   * one version of it, not a mixture. Not asked for folders and links.
   *
   * @param relative the path below the data folder
   */
  boolean last(Path relative);
}
