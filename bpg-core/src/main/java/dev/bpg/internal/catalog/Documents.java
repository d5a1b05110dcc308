package dev.bpg.internal.catalog;

import dev.bpg.error.BpgException;
import dev.bpg.internal.platform.Durability;
import dev.bpg.internal.platform.DurableFile;
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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON documents in {@code <folder>/<group>/<name>.json}. A change is written beside, made durable
 * and renamed over the file; the document before it is kept as {@code <name>.previous.json}, which
 * none can be called. Safe for use by several threads and processes; changes of one document are
 * made under its lock.
 *
 * @param <T> what a document says
 */
final class Documents<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

  private static final String SUFFIX = ".json";
  private static final String PREVIOUS = ".previous.json";

  /** How a document is written and read. */
  interface Form<T> {
    byte[] write(T value);

    /**
     * Reads one.
     *
     * @param file where it came from, for messages
     * @throws BpgException if it is damaged or of a newer version
     */
    T read(byte[] json, Path file);
  }

  private final Path folder;
  private final Form<T> form;
  private final KnownDocuments<T> known = new KnownDocuments<>();

  /** Documents in a folder that is made when something is put into it. */
  Documents(Path folder, Form<T> form) {
    this.folder = folder;
    this.form = form;
  }

  /** Where a document is, if it exists. */
  Path file(String group, String name) {
    return folder.resolve(group).resolve(name + SUFFIX);
  }

  /**
   * Adds a document, durably.
   *
   * @return false if there is one; nothing changed then
   */
  boolean create(Path file, T value) throws IOException {
    return create(file, value, Durability.MACHINE);
  }

  /** The same for one that need not survive all that the others do. */
  boolean create(Path file, T value, Durability durability) throws IOException {
    while (true) {
      Files.createDirectories(file.getParent());
      try {
        DurableFile.create(file, form.write(value), durability);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (NoSuchFileException e) {
        // The folder went with its last document, deleted by somebody else just now.
      }
    }
  }

  /** Does the greater part of replacing a document, without changing it yet. */
  Change prepare(Path file, T value) throws IOException {
    return prepare(file, value, Durability.MACHINE);
  }

  /** The same for one that need not survive all that the others do. */
  Change prepare(Path file, T value, Durability durability) throws IOException {
    return new Change(DurableFile.prepare(file, form.write(value), durability), file);
  }

  /** The same for a document that need not be there. */
  Change prepareAny(Path file, T value) throws IOException {
    while (true) {
      Files.createDirectories(file.getParent());
      try {
        return prepare(file, value);
      } catch (NoSuchFileException e) {
        // The folder went with its last document, deleted by somebody else just now.
      }
    }
  }

  /** A document that is ready to replace the present one. To be committed or discarded, once. */
  static final class Change {

    private final DurableFile.Replacement document;
    private final Path file;

    private Change(DurableFile.Replacement document, Path file) {
      this.document = document;
      this.file = file;
    }

    /** Replaces the document, durably. */
    void commit() throws IOException {
      commit(Durability.MACHINE);
    }

    /** The same for one that need not survive all that the others do. */
    void commit(Durability durability) throws IOException {
      document.replace(previous(file), durability);
    }

    /** Leaves the document as it is. */
    void discard() throws IOException {
      document.discard();
    }
  }

  /** Removes a document and the one before it, durably. */
  void remove(Path file) throws IOException {
    remove(file, Durability.MACHINE);
  }

  /** The same where they may be there again after a crash. */
  void remove(Path file, Durability durability) throws IOException {
    Files.deleteIfExists(previous(file));
    DurableFile.delete(file, durability);
    try {
      Files.deleteIfExists(file.getParent());
    } catch (DirectoryNotEmptyException e) {
      // There are others.
    }
  }

  /**
   * A document, if it is there.
   *
   * @throws BpgException if it is damaged or of a newer version
   */
  Optional<T> read(Path file) throws IOException {
    try {
      return Optional.of(known.get(file, () -> form.read(Files.readAllBytes(file), file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The documents of a group that can be read, by name. Damaged ones and those of a newer version
   * are logged and left alone: one of them must not keep all others from use.
   */
  List<T> list(String group) throws IOException {
    List<T> values = new ArrayList<>();
    for (Path file : documents(folder.resolve(group))) {
      try {
        read(file).ifPresent(values::add);
      } catch (BpgException e) {
        LOG.warn("left out: {}", e.getMessage());
      }
    }
    return values;
  }

  /** Why documents cannot be read, of all groups: those that {@link #list} leaves out. */
  List<BpgException> unreadable() throws IOException {
    List<BpgException> failures = new ArrayList<>();
    for (String group : groups()) {
      for (Path file : documents(folder.resolve(group))) {
        try {
          read(file);
        } catch (BpgException e) {
          failures.add(e);
        }
      }
    }
    return failures;
  }

  /**
   * The documents of a group, by name.
   *
   * @throws BpgException if one is damaged or of a newer version
   */
  List<T> all(String group) throws IOException {
    List<T> values = new ArrayList<>();
    for (Path file : documents(folder.resolve(group))) {
      read(file).ifPresent(values::add);
    }
    return values;
  }

  /** The names of the groups. */
  List<String> groups() throws IOException {
    return entries(folder).stream()
        .map(group -> group.getFileName().toString())
        .filter(group -> !group.startsWith("."))
        .toList();
  }

  /**
   * The names of the documents of a group that have nothing in them: a file system that was not
   * waited for may come back from a crash with such.
   */
  List<String> empty(String group) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : documents(folder.resolve(group))) {
      if (isEmpty(file)) {
        String name = file.getFileName().toString();
        names.add(name.substring(0, name.length() - SUFFIX.length()));
      }
    }
    return names;
  }

  /**
   * Deletes a document that has nothing in it.
   *
   * @param fleeting which may have been written so; it stays if the one before it was not
   * @return whether it was deleted
   */
  boolean deleteEmpty(Path file, Predicate<T> fleeting) throws IOException {
    if (!isEmpty(file) || !isOfNone(previous(file), fleeting)) {
      return false;
    }
    remove(file);
    return true;
  }

  private boolean isOfNone(Path previous, Predicate<T> fleeting) throws IOException {
    try {
      return Files.notExists(previous)
          || isEmpty(previous)
          || read(previous).filter(fleeting).isPresent();
    } catch (BpgException e) {
      // Then both are damaged, as whoever lists them is told.
      return false;
    }
  }

  private static boolean isEmpty(Path file) throws IOException {
    try {
      for (byte each : Files.readAllBytes(file)) {
        if (each != 0) {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException e) {
      return false; // It is there no more.
    }
  }

  /**
   * Deletes what writers that were killed left beside the documents.
   *
   * @see DurableFile#sweep
   */
  void sweep() throws IOException {
    DurableFile.sweep(folder);
    for (Path group : entries(folder)) {
      DurableFile.sweep(group);
    }
  }

  /** Where the document before the present one is. */
  static Path previous(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + PREVIOUS);
  }

  private static List<Path> documents(Path group) throws IOException {
    return entries(group).stream()
        .filter(file -> file.toString().endsWith(SUFFIX) && !file.toString().endsWith(PREVIOUS))
        .filter(file -> !DurableFile.isTemporary(file))
        .toList();
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }
}
