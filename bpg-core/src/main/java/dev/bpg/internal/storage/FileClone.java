package dev.bpg.internal.storage;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.FileStatus;
import dev.bpg.internal.platform.Inodes;
import dev.bpg.internal.platform.NativeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Clones single entries of a folder with their owner (as root), and mode, in as few system calls as
 * will do: a cluster has a thousand files, and each call counts. Paths are text below the two
 * folders, beginning with a slash, or empty for the folders themselves.
 */
final class FileClone {

  private static final int OWNER_READ_WRITE = 0600;

  private final String source;
  private final String target;
  private final FileContent content;
  private final FileContent.Cancellation cancellation;
  private final boolean root;
  private final FileStatus made;

  /** Clones from one folder to another, which belongs to this process. */
  FileClone(
      String source, String target, FileContent content, FileContent.Cancellation cancellation)
      throws NativeException {
    this.source = source;
    this.target = target;
    this.content = content;
    this.cancellation = cancellation;
    this.root = Inodes.isRoot();
    this.made = FileStatus.of(target);
  }

  String target(String relative) {
    return target + relative;
  }

  /** Fails if it is not the source of an entry that has vanished but the target's folder. */
  void requireParent(String relative) throws NativeException {
    FileStatus.of(target + relative.substring(0, Math.max(0, relative.lastIndexOf('/'))));
  }

  /** Clones a file. The source is opened first: if it has vanished, nothing is made. */
  void clone(String relative, FileStatus status) throws IOException {
    if (status.size() == 0) {
      create(relative, status, file -> {});
      return;
    }
    try (NativeFile from = NativeFile.open(source + relative)) {
      create(relative, status, file -> content.transfer(from, file, status.size(), cancellation));
    }
  }

  /** Clones a small file that may be rewritten at any time. */
  void cloneWhole(String relative, FileStatus status) throws IOException {
    try (NativeFile from = NativeFile.open(source + relative)) {
      create(relative, status, file -> content.transferWhole(from, file));
    }
  }

  @FunctionalInterface
  private interface Filling {
    void fill(NativeFile file) throws IOException;
  }

  private void create(String relative, FileStatus status, Filling filling) throws IOException {
    int mode = status.permissions();
    try (NativeFile file = NativeFile.create(target + relative, mode & 0777)) {
      filling.fill(file);
      if (root && isForeign(status)) {
        file.setOwner(status.uid(), status.gid());
      }
      // Most files have 0600, which no sensible umask changes, and need no call. After the owner,
      // because a change of owner takes set-id bits away.
      if (mode != OWNER_READ_WRITE) {
        file.setMode(mode);
      }
    }
  }

  private boolean isForeign(FileStatus status) {
    return status.uid() != made.uid() || status.gid() != made.gid();
  }

  /** Clones a symbolic link as it is. */
  void cloneLink(String relative, FileStatus status) throws IOException {
    String text = Files.readSymbolicLink(Path.of(source + relative)).toString();
    Inodes.makeLink(target + relative, text);
    if (root) {
      Inodes.setOwner(target + relative, status.uid(), status.gid());
    }
  }

  /** Makes a folder that only this process' user may enter. */
  void makeFolder(String relative) throws NativeException {
    Inodes.makeFolder(target + relative, VolumeFolders.PRIVATE);
  }

  /** Gives a folder its attributes, after all that is in it. */
  void finishFolder(String relative, FileStatus status) throws NativeException {
    String path = target + relative;
    if (root && isForeign(status)) {
      Inodes.setOwner(path, status.uid(), status.gid());
    }
    if (status.permissions() != VolumeFolders.PRIVATE) {
      Inodes.setMode(path, status.permissions());
    }
  }
}
