package dev.bpg.storage;

import java.nio.file.Path;

/** What a copy of a folder in use leaves out and what it must copy after everything else. */
public interface OnlineCopyRules {

  /**
   * Whether an entry is left out. A folder that is left out is not made at all.
   *
   * @param relative the path below the data folder
   */
  boolean excludes(Path relative);

  /**
   * Whether a file must be copied after all others that are not last themselves.
   *
   * @param relative the path below the data folder
   */
  boolean last(Path relative);
}
