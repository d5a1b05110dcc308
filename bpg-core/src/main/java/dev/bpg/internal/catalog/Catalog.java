package dev.bpg.internal.catalog;

import dev.bpg.error.BpgException;
import dev.bpg.internal.platform.DurableFile;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records, in {@code <folder>/<database>/<branch>.json}. The file's existence is what makes a
 * name unique between processes. A change is written beside, made durable and renamed over the
 * file; the document before it is kept as {@code <branch>.previous.json}, which no branch can be
 * called.
 *
 * <p>No operation but a listing looks at more than one branch. Safe for use by several threads and
 * processes; changes of one branch are made under its lock.
 */
public final class Catalog {

  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

  private static final String SUFFIX = ".json";
  private static final String PREVIOUS = ".previous.json";

  private final Path folder;

  /** A catalog in a folder that is made when something is put into it. */
  public Catalog(Path folder) {
    this.folder = folder;
  }

  /**
   * Adds a record, durably.
   *
   * @return false if the name is taken; nothing changed then
   */
  public boolean claim(BranchRecord record) throws IOException {
    Path file = file(record.name());
    while (true) {
      Files.createDirectories(file.getParent());
      try {
        DurableFile.create(file, RecordJson.write(record));
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (NoSuchFileException e) {
        // The database's folder went with its last branch, deleted by somebody else just now.
      }
    }
  }

  /** Replaces a record, durably. */
  public void replace(BranchRecord record) throws IOException {
    Path file = file(record.name());
    DurableFile.replace(file, RecordJson.write(record), previous(file));
  }

  /** Removes a record and the one before it, durably. */
  public void remove(BranchRecord record) throws IOException {
    Path file = file(record.name());
    Files.deleteIfExists(previous(file));
    DurableFile.delete(file);
    try {
      Files.deleteIfExists(file.getParent());
    } catch (DirectoryNotEmptyException e) {
      // The database has other branches.
    }
  }

  /**
   * The record of a name.
   *
   * @throws dev.bpg.error.BpgException if its document is damaged or of a newer version
   */
  public Optional<BranchRecord> find(BranchName name) throws IOException {
    return read(file(name));
  }

  /**
   * The records of a database that can be read, by name. Damaged documents and those of a newer
   * version are logged and left alone: one of them must not keep all others from use.
   */
  public List<BranchRecord> list(String database) throws IOException {
    return read(documents(folder.resolve(database)));
  }

  /** The records of all databases that can be read, by name, as {@link #list(String)} does. */
  public List<BranchRecord> list() throws IOException {
    List<BranchRecord> records = new ArrayList<>();
    for (Path database : entries(folder)) {
      records.addAll(read(documents(database)));
    }
    return records;
  }

  /**
   * Deletes what writers that were killed left beside the documents.
   *
   * @see DurableFile#sweep
   */
  public void sweep() throws IOException {
    for (Path database : entries(folder)) {
      DurableFile.sweep(database);
    }
  }

  static Path previous(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + PREVIOUS);
  }

  private static List<Path> documents(Path database) throws IOException {
    return entries(database).stream()
        .filter(file -> file.toString().endsWith(SUFFIX) && !file.toString().endsWith(PREVIOUS))
        .filter(file -> !DurableFile.isTemporary(file))
        .toList();
  }

  private static List<BranchRecord> read(List<Path> files) throws IOException {
    List<BranchRecord> records = new ArrayList<>();
    for (Path file : files) {
      try {
        read(file).ifPresent(records::add);
      } catch (BpgException e) {
        LOG.warn("left out: {}", e.getMessage());
      }
    }
    return records;
  }

  private static Optional<BranchRecord> read(Path file) throws IOException {
    try {
      return Optional.of(RecordJson.read(Files.readAllBytes(file), file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  private Path file(BranchName name) {
    return folder.resolve(name.database()).resolve(name.branch() + SUFFIX);
  }
}
