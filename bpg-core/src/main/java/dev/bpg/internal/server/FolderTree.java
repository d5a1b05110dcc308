package dev.bpg.internal.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Whole folders. */
public final class FolderTree {

  private FolderTree() {}

  /** Does something to each entry. */
  @FunctionalInterface
  public interface Act {
    /** Acts on a file, link or folder. */
    void on(Path entry) throws IOException;
  }

  /**
   * Does something to a folder and all in it, to a folder after its content; links are not
   * followed.
   */
  public static void each(Path folder, Act act) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            act.on(file);
            return FileVisitResult.CONTINUE;
          }

          // Not before: whoever a folder is given to could exchange what is in it.
          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            act.on(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Deletes a folder with all in it; links are deleted, not followed. No error if it is missing.
   */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      each(folder, Files::deleteIfExists);
    }
  }
}
