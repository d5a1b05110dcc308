package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Files that are there whole or not at all, after a crash of the machine too unless they need not
 * survive one ({@link Durability#PROCESS}): written under another name, fsynced, linked or renamed
 * into place, and the folder fsynced. Files are of mode 0600.
 *
 * <p>An interrupt before a file is in its place ends a writer with nothing changed; one that comes
 * later does not, and the thread's status is set.
 */
public final class DurableFile {

  /** How the names of files begin that are being written, by others than this class too. */
  public static final String TEMPORARY = ".writing-";

  private DurableFile() {}

  /**
   * Creates a file with its content. When this fails, there is no file.
   *
   * @throws FileAlreadyExistsException if the name is taken; of two callers exactly one gets it
   * @throws NoSuchFileException if the folder does not exist
   */
  public static void create(Path file, byte[] content) throws IOException {
    create(file, content, Durability.MACHINE);
  }

  /** The same for a file that need not survive all that the others do. */
  public static void create(Path file, byte[] content, Durability durability) throws IOException {
    Path temporary = writeTemporary(file, content, durability);
    try {
      // link(2), unlike rename(2), fails when the name is taken.
      Files.createLink(file, temporary);
    } catch (IOException e) {
      deleteAfter(e, temporary);
      throw e;
    }
    try {
      Files.delete(temporary);
      syncFolder(file, durability);
    } catch (IOException e) {
      deleteAfter(e, temporary);
      deleteAfter(e, file);
      throw e;
    }
  }

  /** Replaces a file, keeping what was there before under another name of the same folder. */
  public static void replace(Path file, byte[] content, Path previous) throws IOException {
    prepare(file, content).replace(previous, Durability.MACHINE);
  }

  /** Creates a file with these permissions, or replaces it; a reader finds the old or the new. */
  public static void put(Path file, byte[] content, String permissions) throws IOException {
    put(file, content, permissions, Durability.MACHINE);
  }

  /** The same for a file that need not survive all that the others do. */
  public static void put(Path file, byte[] content, String permissions, Durability durability)
      throws IOException {
    Path temporary = writeTemporary(file, content, durability);
    try {
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteAfter(e, temporary);
      throw e;
    }
    syncFolder(file, durability);
  }

  /** Writes what is going to replace a file; the caller then replaces it or discards this. */
  public static Replacement prepare(Path file, byte[] content) throws IOException {
    return prepare(file, content, Durability.MACHINE);
  }

  /**
   * The same for a file that need not survive all that the others do: a file system may come back
   * from a crash with an empty file in its place.
   */
  public static Replacement prepare(Path file, byte[] content, Durability durability)
      throws IOException {
    return new Replacement(file, writeTemporary(file, content, durability));
  }

  /** New content of a file, not in its place yet. To be used once. */
  public static final class Replacement {

    private final Path file;
    private final Path temporary;

    private Replacement(Path file, Path temporary) {
      this.file = file;
      this.temporary = temporary;
    }

    /**
     * Replaces the file, keeping what was there before, if anything, under another name of the same
     * folder. If the machine crashes, the file is the old or the new one, if that was prepared to
     * survive it; by the durability, surely the new one.
     */
    public void replace(Path previous, Durability durability) throws IOException {
      try {
        Files.deleteIfExists(previous);
        link(previous);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      syncFolder(file, durability);
    }

    private void link(Path previous) throws IOException {
      try {
        Files.createLink(previous, file);
      } catch (NoSuchFileException e) {
        // There was nothing before.
      }
    }

    /** Leaves the file as it is. */
    public void discard() throws IOException {
      Files.deleteIfExists(temporary);
    }
  }

  /** Deletes a file if it exists. */
  public static void delete(Path file) throws IOException {
    delete(file, Durability.MACHINE);
  }

  /** The same where the file may be there again after a crash. */
  public static void delete(Path file, Durability durability) throws IOException {
    if (Files.deleteIfExists(file)) {
      try {
        syncFolder(file, durability);
      } catch (NoSuchFileException e) {
        // Somebody deleted the empty folder meanwhile, and the file cannot come back without it.
        return;
      }
    }
  }

  /**
   * Deletes what writers that were killed left in a folder. Only what is older than an hour:
   * younger ones may belong to a writer at work.
   */
  public static void sweep(Path folder) throws IOException {
    Instant limit = Instant.now().minus(1, ChronoUnit.HOURS);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, DurableFile::isTemporary)) {
      for (Path file : files) {
        if (isOlder(file, limit)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  // What is gone was its writer's to delete.
  private static boolean isOlder(Path file, Instant limit) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether a failure says that the file system, or the user's share of it, is full. */
  public static boolean isOutOfSpace(IOException failure) {
    // java.nio.file has no type for it.
    return saysOutOfSpace(String.valueOf(failure.getMessage()));
  }

  /** Whether a text has what strerror(3) says of that. */
  public static boolean saysOutOfSpace(String text) {
    return text.contains("No space left on device") || text.contains("Disk quota exceeded");
  }

  /** Whether a file is one that a writer was killed over, or is writing now. */
  public static boolean isTemporary(Path file) {
    return file.getFileName().toString().startsWith(TEMPORARY);
  }

  private static Path writeTemporary(Path file, byte[] content, Durability durability)
      throws IOException {
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
      if (durability == Durability.MACHINE) {
        channel.force(true);
      }
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

  private static void syncFolder(Path file, Durability durability) throws IOException {
    if (durability == Durability.MACHINE) {
      sync(file.getParent());
    }
  }

  /** Makes a file durable, or what was made, renamed or deleted in a folder before. */
  public static void sync(Path path) throws IOException {
    // By now the change is made, so an interrupt is too late: it must not make it look like a
    // failure.
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel open = FileChannel.open(path, StandardOpenOption.READ)) {
          open.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
