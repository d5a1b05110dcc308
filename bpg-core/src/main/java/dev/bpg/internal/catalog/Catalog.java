package dev.bpg.internal.catalog;

import dev.bpg.error.BpgException;
import dev.bpg.internal.platform.Durability;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of branches, in {@code <folder>/<database>/<branch>.json}. The file's existence is
 * what makes a name unique between processes.
 *
 * <p>No operation but a listing and a transaction looks at more than one branch. Safe for use by
 * several threads and processes; changes of one branch are made under its lock.
 */
public final class Catalog {

  private final Documents<BranchRecord> documents;
  private final Journal journal;

  /** A catalog in a folder that is made when something is put into it. */
  public Catalog(Path folder) {
    this.documents = new Documents<>(folder, new BranchJson());
    this.journal = new Journal(folder, documents, record -> file(record.name()));
  }

  /**
   * Adds a record, durably: see {@link BranchRecord#durability()}.
   *
   * @return false if the name is taken; nothing changed then
   */
  public boolean claim(BranchRecord record) throws IOException {
    journal.settle();
    return documents.create(file(record.name()), record, record.durability());
  }

  /** Replaces a record, durably: see {@link BranchRecord#durability()}. */
  public void replace(BranchRecord record) throws IOException {
    prepare(record).commit();
  }

  /** Does the greater part of replacing a record, without changing it yet. */
  public Change prepare(BranchRecord record) throws IOException {
    journal.settle();
    return new Change(
        documents.prepare(file(record.name()), record, record.durability()), record.durability());
  }

  /** A record that is ready to replace the present one. To be committed or discarded, once. */
  public static final class Change {

    private final Documents.Change document;
    private final Durability durability;

    private Change(Documents.Change document, Durability durability) {
      this.document = document;
      this.durability = durability;
    }

    /** Replaces the record, durably: see {@link BranchRecord#durability()}. */
    public void commit() throws IOException {
      document.commit(durability);
    }

    /** Leaves the record as it is. */
    public void discard() throws IOException {
      document.discard();
    }
  }

  /** Removes a record and the one before it, durably: see {@link BranchRecord#durability()}. */
  public void remove(BranchRecord record) throws IOException {
    journal.settle();
    documents.remove(file(record.name()), record.durability());
  }

  /**
   * Changes several records at once, durably: all of them or none, even if this process is killed.
   * When this fails, either all have been changed or none; whoever reads next sees which.
   */
  public void commit(CatalogTransaction transaction) throws IOException {
    journal.commit(transaction);
  }

  /**
   * The record of a name.
   *
   * @throws dev.bpg.error.BpgException if its document is damaged or of a newer version
   */
  public Optional<BranchRecord> find(BranchName name) throws IOException {
    journal.settle();
    return documents.read(file(name));
  }

  /**
   * The records of a database that can be read, by name. Damaged documents and those of a newer
   * version are logged and left alone.
   */
  public List<BranchRecord> list(String database) throws IOException {
    Optional<LockFile> held = journal.hold();
    try {
      return documents.list(database);
    } finally {
      held.ifPresent(LockFile::close);
    }
  }

  /** The records of all databases that can be read, by name, as {@link #list(String)} does. */
  public List<BranchRecord> list() throws IOException {
    Optional<LockFile> held = journal.hold();
    try {
      List<BranchRecord> records = new ArrayList<>();
      for (String database : documents.groups()) {
        records.addAll(documents.list(database));
      }
      return records;
    } finally {
      held.ifPresent(LockFile::close);
    }
  }

  /**
   * The records of a database, unlike {@link #list(String)} only if all of them can be read.
   *
   * @throws dev.bpg.error.BpgException if one is damaged or of a newer version
   */
  public List<BranchRecord> all(String database) throws IOException {
    Optional<LockFile> held = journal.hold();
    try {
      return documents.all(database);
    } finally {
      held.ifPresent(LockFile::close);
    }
  }

  /** Why records cannot be read: those that listings leave out. */
  public List<BpgException> unreadable() throws IOException {
    return documents.unreadable();
  }

  /** The branches whose records have nothing in them, as a crash of the machine can leave them. */
  public List<BranchName> empty() throws IOException {
    List<BranchName> names = new ArrayList<>();
    for (String database : documents.groups()) {
      for (String branch : documents.empty(database)) {
        names.add(BranchName.parse(database + "/" + branch));
      }
    }
    return names;
  }

  /**
   * Deletes the record of a branch if it has nothing in it, unless it was a permanent branch's
   * before; to be called with the branch's lock.
   *
   * @return whether it was deleted
   */
  public boolean deleteEmpty(BranchName name) throws IOException {
    return documents.deleteEmpty(file(name), BranchRecord::temporary);
  }

  /** Deletes what writers that were killed left beside the documents. */
  public void sweep() throws IOException {
    documents.sweep();
  }

  private Path file(BranchName name) {
    return documents.file(name.database(), name.branch());
  }
}
