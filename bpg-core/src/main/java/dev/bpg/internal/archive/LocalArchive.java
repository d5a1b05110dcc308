package dev.bpg.internal.archive;

import dev.bpg.internal.platform.DurableFile;
import dev.bpg.internal.platform.FileOwner;
import dev.bpg.model.WalCompression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An archive in a folder of this machine, which the server sees under the same path. The scripts
 * that the server runs are in it too. Immutable.
 */
public final class LocalArchive implements ArchiveStore {

  private static final String ARCHIVE_SCRIPT = "archive.sh";
  private static final String RESTORE_SCRIPT = "restore.sh";

  private final Path folder;

  private LocalArchive(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** The archive in a folder, which exists. */
  public static LocalArchive in(Path folder) {
    return new LocalArchive(folder);
  }

  /**
   * The archive in a folder that is made if it is not there; the one above it exists. Only its
   * owner gets into it.
   *
   * @param dataFolder the server's data folder, whose owner is going to own the archive
   */
  public static LocalArchive create(Path folder, Path dataFolder) throws IOException {
    LocalArchive archive = new LocalArchive(folder);
    try {
      Files.createDirectory(
          archive.folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(archive.folder, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
    FileOwner.copy(dataFolder, archive.folder);
    DurableFile.sync(archive.folder.getParent());
    return archive;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  @Override
  public String location() {
    return folder.toString();
  }

  @Override
  public Map<String, String> archiveSettings(WalCompression compression, Duration timeout)
      throws IOException {
    Path script = folder.resolve(ARCHIVE_SCRIPT);
    String command = ShellScript.command(script, "\"%p\" \"%f\"");
    ShellScript.install(
        script,
        List.of(
            "archive=" + ShellScript.quoted(folder.toString()),
            "compression=" + compression.name().toLowerCase(Locale.ROOT)),
        ARCHIVE_SCRIPT,
        List.of());
    return Map.of(
        "archive_mode",
        "on",
        "archive_command",
        command,
        "archive_timeout",
        Long.toString(timeout.toSeconds()));
  }

  @Override
  public Map<String, String> restoreSettings(List<RestoreSource> others) throws IOException {
    Path script = folder.resolve(RESTORE_SCRIPT);
    String command = ShellScript.command(script, "\"%f\" \"%p\"");
    List<String> sources = new ArrayList<>();
    sources.add(source(RestoreSource.all(folder)));
    others.forEach(other -> sources.add(source(other)));
    sources.add("exit 1");
    ShellScript.install(script, List.of(), RESTORE_SCRIPT, sources);
    return Map.of("restore_command", command);
  }

  private static String source(RestoreSource source) {
    String line = "from " + ShellScript.quoted(source.folder().toString());
    return source
        .lastSegment()
        .map(last -> line + " " + last.substring(0, 8) + " " + last.substring(8))
        .orElse(line);
  }

  @Override
  public void list(Consumer<ArchivedFile> files) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        ArchivedFile.parse(entry.getFileName().toString(), 0, Instant.EPOCH)
            .flatMap(file -> withSize(file, entry))
            .ifPresent(files);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static Optional<ArchivedFile> withSize(ArchivedFile file, Path path) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(
              new ArchivedFile(
                  file.name(),
                  file.compression(),
                  attributes.size(),
                  attributes.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      // A cleanup deleted it since its name was read.
      return Optional.empty();
    } catch (IOException e) {
      throw new DirectoryIteratorException(e);
    }
  }

  @Override
  public InputStream open(ArchivedFile file) throws IOException {
    return Files.newInputStream(
        folder.resolve(file.storedName()), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void delete(List<ArchivedFile> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    try {
      for (ArchivedFile file : files) {
        Files.deleteIfExists(folder.resolve(file.storedName()));
      }
    } finally {
      DurableFile.sync(folder);
    }
  }

  @Override
  public void sweep() throws IOException {
    DurableFile.sweep(folder);
  }
}
