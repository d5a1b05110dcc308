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
   * Whether a clone shares its files' contents with its source and so is soon made whatever their
   * size.
   */
  boolean sharesData();

  /**
   * Like {@link #cloneVolume}, of a source that is being written to. A file or folder that vanishes
   * meanwhile is left out; of a file that grows, what it had at the beginning is copied, and maybe
   * more.
   *
   * @param rules what is left out and what comes last; what they throw is passed on, after the
   *     target has been removed
   * @return the new volume's data folder
   * @throws dev.bpg.error.NotFoundException if there is no source
   * @throws dev.bpg.error.AlreadyExistsException if something is already in the target's place
   * @throws dev.bpg.error.UnavailableException if the storage cannot: rights, space, a read-only
   *     file system
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  Path copyOnline(BranchId source, BranchId target, OnlineCopyRules rules);

  /**
   * Copies the content of one more file of a source into a clone made by {@link #copyOnline}, in
   * the same way as the others. Whose file it then is, is the caller's business.
   *
   * @param relative the file's path below both data folders
   * @throws java.nio.file.NoSuchFileException if the source has no such file
   */
  void copyFile(BranchId source, BranchId target, Path relative) throws IOException;
}
