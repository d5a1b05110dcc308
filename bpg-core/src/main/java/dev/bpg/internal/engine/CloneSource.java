package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.plan.BranchFacts;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.internal.postgres.DataFolder;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.ServerSettings;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.storage.AtomicStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a branch is made from, kept from changing until this is closed: another branch as it is, or
 * a snapshot of it.
 *
 * @param parent the branch
 * @param snapshot the snapshot, if it is made of one
 * @param storage the storage of the data
 * @param data the data folder
 * @param server the state of the server on it
 * @param locks what keeps it from changing
 */
record CloneSource(
    BranchRecord parent,
    Optional<SnapshotRecord> snapshot,
    Storage storage,
    Path data,
    ServerState server,
    List<LockFile> locks)
    implements AutoCloseable {

  private static final String OPERATION = "branch";

  /**
   * A branch as it is.
   *
   * @param lock its lock, shared
   */
  static CloneSource present(Parts parts, BranchRecord parent, LockFile lock) {
    Storage storage = parts.storage(parent);
    Path data = data(parent.name().toString(), parent.id(), storage, "branch");
    ServerState state = parts.runtime(parent).state(parent.id(), data);
    return new CloneSource(parent, Optional.empty(), storage, data, state, List.of(lock));
  }

  /**
   * A snapshot of a branch.
   *
   * @param wanted its id, or its label: of several, the newest
   * @param lock the branch's lock, shared
   * @throws NotFoundException if there is none
   */
  static CloneSource snapshot(Parts parts, BranchRecord parent, String wanted, LockFile lock)
      throws IOException, InterruptedException {
    return snapshot(parts, parent, find(parts, parent, wanted), List.of(lock));
  }

  /**
   * A snapshot that has been found.
   *
   * @param branch the branch that it is taken for, for messages
   * @param held locks to be let go of with its own
   * @throws NotFoundException if it is gone
   */
  static CloneSource snapshot(
      Parts parts, BranchRecord branch, SnapshotRecord found, List<LockFile> held)
      throws IOException, InterruptedException {
    LockFile own = parts.locks().sharedOfSnapshot(found.id());
    try {
      SnapshotRecord there =
          parts
              .snapshots()
              .find(found)
              .filter(record -> record.state() == State.READY)
              .orElseThrow(() -> SnapshotRemoval.missing("branch snapshot", found.id().value()));
      Storage storage = parts.storage(there);
      Path data = data("snapshot " + there.id(), there.id(), storage, "snapshot");
      ServerState none = new ServerState(Kind.STOPPED, "it is a snapshot", Optional.empty());
      List<LockFile> locks = new ArrayList<>(held);
      locks.add(own);
      return new CloneSource(branch, Optional.of(there), storage, data, none, locks);
    } catch (Throwable first) {
      own.close();
      throw first;
    }
  }

  /** The snapshot of an id or label that a branch has; of several of one label, the newest. */
  static SnapshotRecord find(Parts parts, BranchRecord parent, String wanted) throws IOException {
    return parts.snapshots().list(parent.ids()).stream()
        .filter(record -> record.state() == State.READY && record.mark().isEmpty())
        .filter(
            record ->
                record.id().value().equals(wanted) || record.label().equals(Optional.of(wanted)))
        .max(Comparator.comparing(SnapshotRecord::createdAt))
        .orElseThrow(
            () ->
                new NotFoundException(
                    OPERATION,
                    parent.name().toString(),
                    "it has no snapshot " + wanted,
                    "list what it has with snapshots() on the branch"));
  }

  private static Path data(String subject, BranchId volume, Storage storage, String what) {
    return storage
        .dataFolder(volume)
        .orElseThrow(
            () ->
                new UnavailableException(
                    OPERATION,
                    subject,
                    "its volume " + volume + " is missing on the storage " + storage.name(),
                    "check storage.path in the configuration, or delete the " + what));
  }

  BranchName name() {
    return parent.name();
  }

  BranchId volume() {
    return snapshot.map(SnapshotRecord::id).orElse(parent.id());
  }

  PostgresBuild build() {
    return snapshot.map(SnapshotRecord::build).orElse(parent.build());
  }

  String runtime() {
    return snapshot.map(SnapshotRecord::runtime).orElse(parent.runtime());
  }

  ServerSettings settings() {
    return snapshot.map(SnapshotRecord::settings).orElse(parent.settings());
  }

  BranchFacts facts(BranchId newId, Instant now) throws IOException {
    return new BranchFacts(
        server,
        settings(),
        parent.temporary(),
        storage instanceof AtomicStorage,
        DataFolder.outsideLinks(data),
        newId,
        now);
  }

  ParentData parentData() {
    return new ParentData(name(), volume(), storage, data);
  }

  /** Lets it change. May be called several times. */
  @Override
  public void close() throws IOException {
    for (LockFile lock : locks) {
      lock.close();
    }
  }
}
