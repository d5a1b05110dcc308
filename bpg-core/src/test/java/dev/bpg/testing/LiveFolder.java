package dev.bpg.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A folder that others change meanwhile. {@link Files#walk} fails if an entry vanishes after it was
 * listed, as locks and what servers write to be renamed do all the time; here it is left out.
 */
public final class LiveFolder {

  private LiveFolder() {}

  /** All regular files below it; it has to be there itself. */
  public static List<Path> files(Path folder) throws IOException {
    return entries(folder, Integer.MAX_VALUE).stream().filter(Files::isRegularFile).toList();
  }

  /** All files and folders below it, itself included, down to so many levels. */
  public static List<Path> entries(Path folder, int levels) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        Set.of(),
        levels,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            found.add(each);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
            found.add(each);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException e) throws IOException {
            if (e instanceof NoSuchFileException && !each.equals(folder)) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return found;
  }
}
