package dev.bpg.storage;

import dev.bpg.model.BranchId;
import java.nio.file.Path;

/**
 * A storage that clones file by file and can do so while files change, appear and vanish. The
 * result is only of use with a protocol that mends it, such as Postgres' backup mode.
 */
public interface OnlineCopyStorage extends Storage {

  /**
   * Like {@link #cloneVolume}, of a source that is being written to. A file that vanishes while it
   * is copied is left out.
   *
   * @param rules what is left out and what comes last
   */
  Path copyOnline(BranchId source, BranchId target, OnlineCopyRules rules);
}
