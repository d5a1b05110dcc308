package dev.bpg.internal.server.process;

import dev.bpg.internal.server.SafeFolders;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks a {@code .tar.xz} so that every user can read it and none but us can change it. */
final class ArchiveUnpacker {

  private static final String FOLDER_MODE = "rwxr-xr-x";
  private static final int OWNER_EXECUTES = 0100;

  private final Path target;

  /** An unpacker into an existing empty folder. */
  ArchiveUnpacker(Path target) throws IOException {
    this.target = target.toRealPath();
  }

  void unpack(InputStream archive) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar);
      }
    }
  }

  private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
    Path path = inside(target.resolve(entry.getName()).normalize(), entry);
    if (path.equals(target)) {
      return;
    }
    SafeFolders.make(path.getParent(), FOLDER_MODE);
    // A link unpacked before could lead what comes below it outside.
    inside(path.getParent().toRealPath(), entry);
    if (entry.isDirectory()) {
      SafeFolders.make(path, FOLDER_MODE);
    } else if (entry.isSymbolicLink()) {
      inside(path.getParent().resolve(entry.getLinkName()).normalize(), entry);
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(path, inside(target.resolve(entry.getLinkName()).normalize(), entry));
    } else if (entry.isFile()) {
      Files.copy(content, path);
      boolean executable = (entry.getMode() & OWNER_EXECUTES) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? FOLDER_MODE : "rw-r--r--"));
    } else {
      throw refused(entry);
    }
  }

  private Path inside(Path path, TarArchiveEntry entry) throws IOException {
    if (!path.startsWith(target)) {
      throw refused(entry);
    }
    return path;
  }

  private static IOException refused(TarArchiveEntry entry) {
    return new IOException("the archive has an entry that must not be in it: " + entry.getName());
  }
}
