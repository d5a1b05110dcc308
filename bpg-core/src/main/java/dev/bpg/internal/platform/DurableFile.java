package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Files that are there whole or not at all, after a crash of the machine too: written under another
 * name, fsynced, linked or renamed into place, and the folder fsynced. Files are of mode 0600.
 */
public final class DurableFile {

  private static final String TEMPORARY = ".writing-";

  private DurableFile() {}

  /**
   * Creates a file with its content.
   *
   * @throws FileAlreadyExistsException if the name is taken; of two callers exactly one gets it
   * @throws NoSuchFileException if the folder does not exist
   */
  public static void create(Path file, byte[] content) throws IOException {
    Path temporary = writeTemporary(file, content);
    try {
      // link(2), unlike rename(2), fails when the name is taken.
      Files.createLink(file, temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(file);
  }

  /** Replaces a file, keeping what was there before under another name of the same folder. */
  public static void replace(Path file, byte[] content, Path previous) throws IOException {
    Path temporary = writeTemporary(file, content);
    try {
      Files.deleteIfExists(previous);
      Files.createLink(previous, file);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(file);
  }

  /** Deletes a file if it exists. */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncFolder(file);
    }
  }

  /** Whether a file is one that a writer was killed over, or is writing now. */
  public static boolean isTemporary(Path file) {
    return file.getFileName().toString().startsWith(TEMPORARY);
  }

  private static Path writeTemporary(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(TEMPORARY + UUID.randomUUID());
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      deleteAfter(e, temporary);
      throw e;
    }
    return temporary;
  }

  private static void deleteAfter(IOException first, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      first.addSuppressed(e);
    }
  }

  private static void syncFolder(Path file) throws IOException {
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
