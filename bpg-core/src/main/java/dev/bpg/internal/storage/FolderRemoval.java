package dev.bpg.internal.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Removes a folder with all that is in it.
 *
 * <p>Works on open folders, so that a server's user who puts a symbolic link in the place of a
 * folder meanwhile cannot make root delete elsewhere. What vanishes meanwhile is no error. Does not
 * react to interruption: it is what cleans up after one.
 */
public final class FolderRemoval {

  private static final Set<PosixFilePermission> OWNER_ALL =
      PosixFilePermissions.fromString("rwx------");

  private FolderRemoval() {}

  /** Removes an entry of a folder: a folder with its content, or a file or link itself. */
  public static void remove(Path path) throws IOException {
    try (DirectoryStream<Path> parent = Files.newDirectoryStream(path.getParent())) {
      removeEntry(secure(parent), path.getFileName());
    } catch (NoSuchFileException e) {
      return; // The parent is gone, and so is all that was in it.
    }
  }

  private static void removeEntry(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    try {
      if (isFolder(parent, name)) {
        removeContent(parent, name);
        parent.deleteDirectory(name);
      } else {
        parent.deleteFile(name);
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }

  private static void removeContent(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    try (SecureDirectoryStream<Path> folder =
        parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : folder) {
        removeEntry(folder, entry.getFileName());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isFolder(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    PosixFileAttributeView view =
        parent.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    var attributes = view.readAttributes();
    if (!attributes.isDirectory()) {
      return false;
    }
    // All but root need these rights to empty a folder, and an owner can give them to himself.
    if (!attributes.permissions().containsAll(OWNER_ALL)) {
      view.setPermissions(OWNER_ALL);
    }
    return true;
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new FileSystemException("this Java has no SecureDirectoryStream on this system");
  }
}
