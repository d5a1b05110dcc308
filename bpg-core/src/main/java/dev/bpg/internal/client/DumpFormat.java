package dev.bpg.internal.client;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The formats of {@code pg_dump}, known by how a dump begins. */
public enum DumpFormat {
  /** SQL. */
  PLAIN,
  /** One file of {@code pg_restore}'s own, {@code -Fc}. */
  CUSTOM,
  /** A folder of such files, {@code -Fd}. */
  DIRECTORY,
  /** The same in a tar file, {@code -Ft}, which takes one job at a time. */
  TAR;

  private static final String OPERATION = "restore";

  /**
   * Looks at a dump.
   *
   * @throws NotFoundException if it is not there or may not be read
   * @throws RefusedException if it is a folder and no dump, or neither file nor folder
   */
  public static DumpFormat of(Path dump) throws IOException {
    if (Files.notExists(dump)) {
      throw new NotFoundException(
          OPERATION, dump.toString(), "there is no such dump", "correct the path");
    }
    if (Files.isDirectory(dump)) {
      if (Files.isRegularFile(dump.resolve("toc.dat"))) {
        return DIRECTORY;
      }
      throw new RefusedException(
          OPERATION,
          dump.toString(),
          "it is a folder, and no dump of pg_dump -Fd, for it has no toc.dat",
          "name a dump");
    }
    if (!Files.isRegularFile(dump)) {
      // Whoever opens a pipe waits for somebody who writes, and it can be read only once.
      throw new RefusedException(
          OPERATION,
          dump.toString(),
          "it is neither a file nor a folder",
          "write the dump to a file and name that");
    }
    try (InputStream file = Files.newInputStream(dump)) {
      String start = new String(file.readNBytes(8), StandardCharsets.ISO_8859_1);
      return start.startsWith("PGDMP") ? CUSTOM : start.equals("toc.dat\0") ? TAR : PLAIN;
    } catch (AccessDeniedException e) {
      throw new NotFoundException(
          OPERATION,
          dump.toString(),
          "this user must not read it",
          "give this user the right to read it",
          e);
    }
  }
}
