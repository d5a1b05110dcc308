package dev.bpg.internal.catalog;

import dev.bpg.internal.platform.DurableFile;
import dev.bpg.internal.platform.LockFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes of several documents that happen whole or not at all. Such a change is written down in
 * one file, durably: from then on it has happened, and whoever comes next completes it if its
 * writer is killed. It is held for the moment that a change takes, by one lock of the catalog: a
 * listing, which holds it shared, never sees a change by half.
 *
 * <p>Neither file can be taken for a database, whose name has no dot. Safe for use by several
 * threads and processes.
 */
final class Journal {

  private final Path folder;
  private final Path file;
  private final Documents<BranchRecord> documents;
  private final Function<BranchRecord, Path> fileOf;
  private final TransactionJson form = new TransactionJson();

  /**
   * A journal beside the groups of documents.
   *
   * @param fileOf where a record's document is
   */
  Journal(Path folder, Documents<BranchRecord> documents, Function<BranchRecord, Path> fileOf) {
    this.folder = folder;
    this.file = folder.resolve(".journal.json");
    this.documents = documents;
    this.fileOf = fileOf;
  }

  /** Makes a change. If this fails, it has not happened unless the next reading shows it. */
  void commit(CatalogTransaction transaction) throws IOException {
    Files.createDirectories(folder);
    try (LockFile lock = lock(false)) {
      rollForward();
      List<Documents.Change> changes = new ArrayList<>();
      try {
        for (BranchRecord record : transaction.puts()) {
          changes.add(documents.prepareAny(fileOf.apply(record), record));
        }
        DurableFile.create(file, form.write(transaction));
        for (Documents.Change change : changes) {
          change.commit();
        }
      } catch (Throwable first) {
        discardAfter(first, changes);
        throw first;
      }
      finish(transaction);
    }
  }

  /** Completes a change whose writer is dead, and waits for one whose writer is not. */
  void settle() throws IOException {
    if (read().isPresent()) {
      try (LockFile lock = lock(false)) {
        rollForward();
      }
    }
  }

  /** Keeps changes away until what is returned is closed; there is none in the middle then. */
  Optional<LockFile> hold() throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    while (true) {
      settle();
      LockFile lock = lock(true);
      try {
        if (read().isEmpty()) {
          return Optional.of(lock);
        }
      } catch (Throwable first) {
        lock.close();
        throw first;
      }
      // Its writer died in between.
      lock.close();
    }
  }

  // Doing it a second time changes nothing: nobody changes one of its documents before it is done.
  private void rollForward() throws IOException {
    Optional<CatalogTransaction> left = read();
    if (left.isPresent()) {
      for (BranchRecord record : left.get().puts()) {
        documents.prepareAny(fileOf.apply(record), record).commit();
      }
      finish(left.get());
    }
  }

  private void finish(CatalogTransaction transaction) throws IOException {
    for (var name : transaction.removals()) {
      documents.remove(documents.file(name.database(), name.branch()));
    }
    DurableFile.delete(file);
  }

  private Optional<CatalogTransaction> read() throws IOException {
    // It nearly never is, and an exception would take longer than all else that a reading does.
    if (!file.toFile().exists()) {
      return Optional.empty();
    }
    try {
      return Optional.of(form.read(Files.readAllBytes(file), file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private LockFile lock(boolean shared) throws IOException {
    try {
      return LockFile.lock(folder.resolve(".journal.lock"), shared);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while waiting for a change of the catalog");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private static void discardAfter(Throwable first, List<Documents.Change> changes) {
    for (Documents.Change change : changes) {
      try {
        change.discard();
      } catch (IOException e) {
        first.addSuppressed(e);
      }
    }
  }
}
