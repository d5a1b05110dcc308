package dev.bpg.internal.storage;

import dev.bpg.error.NativeException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.FileStatus;
import dev.bpg.internal.platform.Inodes;
import dev.bpg.model.BranchId;
import dev.bpg.model.SpaceUsage;
import dev.bpg.storage.OnlineCopyRules;
import dev.bpg.storage.OnlineCopyStorage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A storage in a folder that clones file by file. What differs is how a file's content gets into
 * its clone and how space is counted.
 *
 * <p>Regular files, folders and symbolic links are cloned, with their owner when this process is
 * root, and their mode; sockets and pipes are left out. Hard links become files of their own.
 */
public abstract class FileByFileStorage implements OnlineCopyStorage {

  private final VolumeFolders folders;
  private final VolumeDeletion deletion;
  private final VolumeCreation creation;
  private final FileContent content;
  private final VolumeSpace.FileSpace fileSpace;

  /**
   * Keeps volumes below a folder, which is made when the first volume is.
   *
   * @param content how a file's content gets into its clone
   * @param fileSpace what space a file takes
   */
  protected FileByFileStorage(Path root, FileContent content, VolumeSpace.FileSpace fileSpace) {
    this.folders = new VolumeFolders(root);
    this.deletion = new VolumeDeletion(folders, FolderRemoval::remove);
    this.creation = new VolumeCreation(folders, deletion);
    this.content = content;
    this.fileSpace = fileSpace;
  }

  @Override
  public final Path createVolume(BranchId id) {
    return creation.create("create volume", id, FileByFileStorage::makeData);
  }

  @Override
  public final Path cloneVolume(BranchId source, BranchId target) {
    return clone(source, target, null);
  }

  @Override
  public final Path copyOnline(BranchId source, BranchId target, OnlineCopyRules rules) {
    return clone(source, target, rules);
  }

  @Override
  public final void copyFile(BranchId source, BranchId target, Path relative) throws IOException {
    Path from = VolumeSources.require(folders, "copy a file of volume", source);
    Path to = VolumeSources.require(folders, "copy a file into volume", target);
    FileClone clone =
        new FileClone(
            from.toString(), to.toString(), content, Thread.currentThread()::isInterrupted);
    try {
      clone.clone("/" + relative, FileStatus.of(from.resolve(relative).toString()));
    } catch (NativeException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      NoSuchFileException missing = new NoSuchFileException(from.resolve(relative).toString());
      missing.initCause(e);
      throw missing;
    }
  }

  private Path clone(BranchId source, BranchId target, @Nullable OnlineCopyRules rules) {
    Path from = VolumeSources.require(folders, "clone volume", source);
    return creation.create(
        "clone volume",
        target,
        data -> {
          makeData(data);
          new FolderClone(from, data, content, rules).run();
        });
  }

  private static void makeData(Path data) throws IOException {
    Inodes.makeFolder(data.toString(), VolumeFolders.PRIVATE);
  }

  @Override
  public final void deleteVolume(BranchId id) {
    deletion.delete(id);
  }

  @Override
  public final Optional<Path> dataFolder(BranchId id) {
    return VolumeSources.find(folders, id);
  }

  @Override
  public final List<BranchId> volumes() {
    return VolumeSources.list(folders);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnavailableException if the files cannot be read
   */
  @Override
  public final SpaceUsage space(BranchId id) {
    return VolumeSpace.of(VolumeSources.require(folders, "measure volume", id), fileSpace);
  }
}
