package dev.bpg.internal.storage;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.FileStatus;
import dev.bpg.internal.platform.NativeFile;
import dev.bpg.model.BranchId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * The file that says that a volume is ours and whose it is: two lines, {@code format=1} and {@code
 * id=<id>}.
 *
 * <p>It is not fsynced: its id is in a durable file before there is one, and an fsync would cost
 * more than a snapshot does. What a power failure can do is to leave the file shorter than it was
 * written, most often empty, or full of zeros; so a marker that is cut short or all zeros counts
 * for the id that its folder is named by. One that says anything else does not.
 */
final class VolumeMarker {

  static final String NAME = "bpg-volume";

  private static final int MODE = 0600;

  private VolumeMarker() {}

  static void write(BranchId id, Path volume) throws NativeException {
    try (NativeFile file = NativeFile.create(volume.resolve(NAME).toString(), MODE)) {
      file.write(content(id));
    }
  }

  /** Whether a folder carries the marker of an id. A symbolic link to one that does, does not. */
  static boolean isOf(BranchId id, Path volume) throws NativeException {
    String path = volume.resolve(NAME).toString();
    try {
      return is(volume.toString(), FileStatus::isFolder)
          && is(path, FileStatus::isFile)
          && says(id, path);
    } catch (NativeException e) {
      // Something else than a folder is in the volume's place, or it went just now.
      if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  private static boolean is(String path, Predicate<FileStatus> kind) throws NativeException {
    return FileStatus.ifExists(path).filter(kind).isPresent();
  }

  private static boolean says(BranchId id, String path) throws NativeException {
    byte[] expected = content(id);
    byte[] found = new byte[expected.length + 1];
    try (NativeFile file = NativeFile.open(path)) {
      int length = file.read(found);
      String text = new String(found, 0, length, StandardCharsets.US_ASCII);
      return new String(expected, StandardCharsets.US_ASCII).startsWith(text)
          || length <= expected.length && text.chars().allMatch(each -> each == 0);
    }
  }

  private static byte[] content(BranchId id) {
    return ("format=1\nid=" + id.value() + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
