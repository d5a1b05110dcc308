package dev.bpg.internal.engine;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.BranchRecord.Undo;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchName;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the creation of a database and of a branch have in common: the name is claimed with all that
 * will have to be undone, the data is made, the server started, the password set, and the record
 * completed; or all of it is undone.
 */
final class NewBranch {

  /** All that a creation can leave behind, in the order in which it comes to be. */
  static final List<Undo> UNDO =
      List.of(Undo.DELETE_SECRET, Undo.DELETE_VOLUME, Undo.REMOVE_SERVER);

  /** Makes the data of a record that has been claimed. */
  interface DataMaker {
    /** Returns the record with what became known of its origin. */
    BranchRecord make(BranchRecord record) throws IOException, InterruptedException;
  }

  /** Does something with the server before the branch is handed out. */
  interface Finisher {
    void finish(Endpoint endpoint) throws IOException, InterruptedException;
  }

  private final Parts parts;
  private final Removal removal;
  private final Passwords passwords;

  NewBranch(Parts parts, Removal removal, Passwords passwords) {
    this.parts = parts;
    this.removal = removal;
    this.passwords = passwords;
  }

  /**
   * Makes a branch.
   *
   * @param record what to claim, in state {@link State#CREATING} and with {@link #UNDO}
   * @throws AlreadyExistsException if the name is taken
   */
  BranchRecord create(BranchRecord record, DataMaker data, Finisher finisher)
      throws IOException, InterruptedException {
    // Asked before the lock as well: whoever waits for the lock of a branch that exists could wait
    // for somebody who waits for its own.
    refuseIfTaken(record.name());
    try (LockFile lock = parts.locks().exclusive(record.name())) {
      claim(record);
      Passwords.Pending password = passwords.begin(record);
      try {
        BranchRecord made = data.make(record);
        Path folder = parts.storage(made).dataFolder(made.id()).orElseThrow();
        Endpoint endpoint = new ServerStart(parts).of(made, folder);
        password.set(endpoint);
        finisher.finish(endpoint);
        BranchRecord ready = made.withState(State.READY).withPort(endpoint.port());
        parts.catalog().replace(ready);
        return ready;
      } catch (Throwable first) {
        password.settleAfter(first);
        removal.finishAfter(first, record);
        deleteAfter(first, lock);
        throw first;
      }
    }
  }

  private static void deleteAfter(Throwable first, LockFile lock) {
    try {
      lock.deleteFile();
    } catch (IOException e) {
      first.addSuppressed(e);
    }
  }

  private void refuseIfTaken(BranchName name) throws IOException {
    if (parts.catalog().find(name).filter(r -> r.state() == State.READY).isPresent()) {
      throw new AlreadyExistsException(
          name.isMain() ? "create database" : "create branch",
          name.isMain() ? name.database() : name.toString(),
          "the name is taken",
          "choose another name, or use what exists with "
              + (name.isMain()
                  ? "Databases.get(\"" + name.database() + "\")"
                  : "Branches.get(\"" + name + "\")"));
    }
  }

  // Whoever finds a record that is not ready while holding its lock knows that its maker is dead.
  private void claim(BranchRecord record) throws IOException, InterruptedException {
    while (!parts.catalog().claim(record)) {
      refuseIfTaken(record.name());
      Optional<BranchRecord> abandoned = parts.catalog().find(record.name());
      if (abandoned.isPresent()) {
        removal.finish(abandoned.get());
      }
    }
  }
}
