package dev.bpg.internal.catalog;

import dev.bpg.error.BpgException;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The records of snapshots, in {@code <folder>/<id of the branch>/<id>.json}: by id and not by
 * name, so that they are their branch's whatever it is called. Safe for use by several threads and
 * processes; changes of one snapshot are made under its lock.
 */
public final class SnapshotCatalog {

  private final Documents<SnapshotRecord> documents;

  /** A catalog in a folder that is made when something is put into it. */
  public SnapshotCatalog(Path folder) {
    this.documents = new Documents<>(folder, new SnapshotJson());
  }

  /** Adds a record, durably. */
  public void create(SnapshotRecord record) throws IOException {
    if (!documents.create(file(record), record)) {
      throw new IllegalStateException("there is a snapshot " + record.id() + " already");
    }
  }

  /** Replaces a record, durably. */
  public void replace(SnapshotRecord record) throws IOException {
    documents.prepare(file(record), record).commit();
  }

  /** Removes a record, durably. No error if there is none. */
  public void remove(SnapshotRecord record) throws IOException {
    documents.remove(file(record));
  }

  /** The record as it is now. */
  public Optional<SnapshotRecord> find(SnapshotRecord known) throws IOException {
    return documents.read(file(known));
  }

  /** The record of an id. */
  public Optional<SnapshotRecord> find(BranchId id) throws IOException {
    for (String branch : documents.groups()) {
      Optional<SnapshotRecord> found = documents.read(documents.file(branch, id.value()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The records of some incarnations of branches that can be read, in no order that means much. */
  public List<SnapshotRecord> list(Collection<BranchId> branches) throws IOException {
    List<SnapshotRecord> records = new ArrayList<>();
    for (BranchId branch : branches) {
      records.addAll(documents.list(branch.value()));
    }
    return records;
  }

  /** All records that can be read. */
  public List<SnapshotRecord> list() throws IOException {
    List<SnapshotRecord> records = new ArrayList<>();
    for (String branch : documents.groups()) {
      records.addAll(documents.list(branch));
    }
    return records;
  }

  /** Why records cannot be read: those that listings leave out. */
  public List<BpgException> unreadable() throws IOException {
    return documents.unreadable();
  }

  /** Deletes what writers that were killed left beside the documents. */
  public void sweep() throws IOException {
    documents.sweep();
  }

  private Path file(SnapshotRecord record) {
    return documents.file(record.branch().value(), record.id().value());
  }
}
