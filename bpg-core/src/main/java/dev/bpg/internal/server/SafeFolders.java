package dev.bpg.internal.server;

import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes folders with exact modes, whatever the umask is. */
public final class SafeFolders {

  private SafeFolders() {}

  /**
   * Makes a folder and those above it that are missing, each with the mode, as in {@code chmod}.
   */
  public static void make(Path folder, String mode) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      make(parent, mode);
    }
    makeOne(folder, mode);
  }

  /**
   * Makes a folder in a place where others may write too, or takes it if it is there, belongs to
   * the user and nobody else may write to it.
   *
   * @throws UnavailableException if something else has the name
   */
  public static void makePrivate(Path folder, String mode, int uid) throws IOException {
    makeOne(folder, mode);
    PosixFileAttributes found =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    int owner = (Integer) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    boolean writable =
        found.permissions().contains(PosixFilePermission.GROUP_WRITE)
            || found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    if (!found.isDirectory() || owner != uid || writable) {
      throw new UnavailableException(
          "use",
          "the folder " + folder + " for sockets",
          "it is not a folder that belongs to user id " + uid + " alone",
          "remove " + folder);
    }
  }

  private static void makeOne(Path folder, String mode) throws IOException {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(permissions));
      // The umask may have taken bits away.
      Files.setPosixFilePermissions(folder, permissions);
    } catch (FileAlreadyExistsException e) {
      // Made by somebody else just now; what it is will show when it is used.
    }
  }
}
