package dev.bpg.internal.storage;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.FileStatus;
import dev.bpg.internal.platform.Inodes;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the storages keep volumes: {@code <root>/<id>/bpg-volume}, the marker, and {@code
 * <root>/<id>/data}, the data folder.
 *
 * <p>The marker is there before anything else and goes last, so that a process which is killed at
 * any point leaves nothing, an empty folder named by an id, or a folder with our marker.
 *
 * <p>Immutable, safe for use by several threads.
 */
public final class VolumeFolders {

  /** The mode of a folder that only its owner may enter. */
  public static final int PRIVATE = 0700;

  // As root, servers run as another user, who has to be able to come by.
  private static final int PASSABLE = 0711;

  private final Path root;

  /** Describes the volumes below a folder, which is made when the first volume is. */
  public VolumeFolders(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** The folder that holds the volumes. */
  public Path root() {
    return root;
  }

  /** The folder of one volume, whether it exists or not. */
  public Path volume(BranchId id) {
    return root.resolve(id.value());
  }

  /** The data folder of one volume, whether it exists or not. */
  public Path data(BranchId id) {
    return volume(id).resolve("data");
  }

  /** The data folder of a volume that exists and is ours, or nothing. */
  public Optional<Path> existingData(BranchId id) throws IOException {
    Path data = data(id);
    boolean there =
        FileStatus.ifExists(data.toString()).filter(FileStatus::isFolder).isPresent()
            && VolumeMarker.isOf(id, volume(id));
    return there ? Optional.of(data) : Optional.empty();
  }

  /** The ids of all folders below the root that carry our marker with their own name in it. */
  public List<BranchId> marked() throws IOException {
    List<BranchId> ids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (BranchId.isValid(name) && VolumeMarker.isOf(new BranchId(name), entry)) {
          ids.add(new BranchId(name));
        }
      }
    } catch (NoSuchFileException e) {
      if (!e.getFile().equals(root.toString())) {
        throw e;
      }
      return List.of(); // The root is made with the first volume.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return List.copyOf(ids);
  }

  /**
   * Makes the folder of a volume, which is what claims the id, and the root before it if need be.
   * Nobody else can enter the folder until {@link #open}.
   *
   * @throws NativeException with {@code EEXIST} if something is in its place
   */
  public void claim(BranchId id) throws NativeException {
    String path = volume(id).toString();
    try {
      Inodes.makeFolder(path, PRIVATE);
    } catch (NativeException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      makeWithParents(root);
      Inodes.makeFolder(path, PRIVATE);
    }
  }

  /**
   * Lets the user of a server come by, once everything in the volume is in place.
   *
   * @throws NativeException if the system refuses
   */
  public void open(BranchId id) throws NativeException {
    if (Inodes.isRoot()) {
      Inodes.setMode(volume(id).toString(), PASSABLE);
    }
  }

  private static void makeWithParents(Path folder) throws NativeException {
    if (FileStatus.ifExists(folder.toString()).isPresent()) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      makeWithParents(parent);
    }
    try {
      Inodes.makeFolder(folder.toString(), PRIVATE);
    } catch (NativeException e) {
      if (e.errno() == Errno.EEXIST) {
        return; // Another process makes its first volume.
      }
      throw e;
    }
    if (Inodes.isRoot()) {
      Inodes.setMode(folder.toString(), PASSABLE);
    }
  }
}
