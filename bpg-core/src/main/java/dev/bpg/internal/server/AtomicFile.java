package dev.bpg.internal.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Small text files that are always either the old or the new one. */
public final class AtomicFile {

  private AtomicFile() {}

  /** The text of a file, if there is one. */
  public static Optional<String> read(Path path) throws IOException {
    try {
      return Optional.of(Files.readString(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Replaces a file; what it holds can be made again, so it is not synced. */
  public static void write(Path path, String text, String mode, int gid) throws IOException {
    Path temporary = Files.createTempFile(path.getParent(), "." + path.getFileName(), ".tmp");
    try {
      Files.writeString(temporary, text, StandardCharsets.UTF_8);
      Files.setAttribute(temporary, "unix:gid", gid);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
