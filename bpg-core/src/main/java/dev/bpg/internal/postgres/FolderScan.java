package dev.bpg.internal.postgres;

import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** One look at every entry of a foreign data folder, before anything is made of it. */
final class FolderScan extends SimpleFileVisitor<Path> {

  /** Files that bpg's servers do not read, whatever they link to. */
  static final Set<String> UNREAD =
      Set.of(
          "pg_hba.conf",
          "pg_ident.conf",
          "server.crt",
          "server.key",
          "root.crt",
          "postmaster.opts");

  private final Path root;
  private long bytes;

  private FolderScan(Path root) {
    this.root = root;
  }

  /**
   * How much all files hold.
   *
   * @throws RefusedException if one may not be read, or a link leads out of the folder: a copy
   *     would write through it into what belongs to the original
   */
  static long bytes(Path root) throws IOException {
    FolderScan scan = new FolderScan(root);
    Files.walkFileTree(root, scan);
    return scan.bytes;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      refuseIfOutside(file);
    } else if (attributes.isRegularFile()) {
      if (!Files.isReadable(file)) {
        throw unreadable(root, file);
      }
      bytes += attributes.size();
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof AccessDeniedException) {
      throw unreadable(root, file);
    }
    throw e;
  }

  private void refuseIfOutside(Path link) throws IOException {
    Path relative = root.relativize(link);
    if (isOutside(root, link) && !UNREAD.contains(relative.toString())) {
      throw new RefusedException(
          ForeignFolder.OPERATION,
          ForeignFolder.subject(root),
          relative + " is a link to " + Files.readSymbolicLink(link) + ", outside of it",
          relative.startsWith("pg_tblspc")
              ? "move what is in the tablespace to pg_default with ALTER TABLE … SET TABLESPACE,"
                  + " drop it, and stop the server"
              : "put what it leads to in its place while the server is stopped");
    }
  }

  /** Whether a link leads out of a folder, or is absolute and so would out of a copy of it. */
  static boolean isOutside(Path root, Path link) throws IOException {
    Path text = Files.readSymbolicLink(link);
    return text.isAbsolute() || !link.resolveSibling(text).normalize().startsWith(root);
  }

  static RefusedException unreadable(Path root, Path file) {
    return new RefusedException(
        ForeignFolder.OPERATION,
        ForeignFolder.subject(root),
        "this user may not read " + file,
        "run as the user that it belongs to, or as root");
  }
}
