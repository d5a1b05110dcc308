package dev.bpg.storage;

import dev.bpg.model.BranchId;
import java.io.IOException;
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

  /**
   * Copies the content of one more file of a source into a clone made by {@link #copyOnline}, in the
   * same way as the others. Whose file it then is, is the caller's business.
   *
   * @param relative the file's path below both data folders
   * @throws java.nio.file.NoSuchFileException if the source has no such file
   */
  void copyFile(BranchId source, BranchId target, Path relative) throws IOException;
}
