package dev.bpg.internal.engine;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.BpgException;
import dev.bpg.error.StartFailedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.BranchRecord.Undo;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.internal.postgres.RolePassword;
import dev.bpg.model.BranchName;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

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

  /** Starts the server of a branch whose data is made. */
  interface Starter {
    Endpoint start(BranchRecord record, Path data) throws IOException, InterruptedException;
  }

  /** Does something with the server before the branch is handed out. */
  interface Finisher {
    void finish(Endpoint endpoint) throws IOException, InterruptedException;

    /** Tells the server its password before that: the first thing that is written on it. */
    default void tell(RolePassword password, Endpoint endpoint) throws SQLException {
      password.set(endpoint);
    }
  }

  private final Parts parts;
  private final Removal removal;
  private final Passwords passwords;
  private final ExecutorService background;

  NewBranch(Parts parts, Removal removal, Passwords passwords, ExecutorService background) {
    this.parts = parts;
    this.removal = removal;
    this.passwords = passwords;
    this.background = background;
  }

  /**
   * Makes a branch.
   *
   * @param record what to claim, in state {@link State#CREATING} and with {@link #UNDO}
   * @throws AlreadyExistsException if the name is taken
   */
  BranchRecord create(BranchRecord record, DataMaker data, Finisher finisher)
      throws IOException, InterruptedException {
    return create(record, data, new ServerStart(parts)::of, finisher);
  }

  /** The same with a start of its own. */
  BranchRecord create(BranchRecord record, DataMaker data, Starter starter, Finisher finisher)
      throws IOException, InterruptedException {
    Begun begun = begin(record, data);
    try {
      return begun.complete(starter, finisher);
    } catch (Throwable first) {
      begun.undoAfter(first);
      throw first;
    }
  }

  /**
   * Claims the name and makes the data. What comes back has to be completed or undone.
   *
   * @throws AlreadyExistsException if the name is taken
   */
  Begun begin(BranchRecord record, DataMaker data) throws IOException, InterruptedException {
    // Asked before the lock as well: whoever waits for the lock of a branch that exists could wait
    // for somebody who waits for its own.
    refuseIfTaken(record.name());
    LockFile lock = parts.locks().exclusive(record.name());
    try {
      claim(record);
    } catch (Throwable first) {
      lock.close();
      throw first;
    }
    Begun begun = new Begun(record, lock, passwords.begin(record));
    try {
      begun.made = data.make(record);
      return begun;
    } catch (Throwable first) {
      begun.undoAfter(first);
      throw first;
    }
  }

  /** A branch whose data is made, under its lock. */
  final class Begun {

    private final BranchRecord claimed;
    private final LockFile lock;
    private final Passwords.Pending password;
    private BranchRecord made;

    private Begun(BranchRecord record, LockFile lock, Passwords.Pending password) {
      this.claimed = record;
      this.made = record;
      this.lock = lock;
      this.password = password;
    }

    /** Its record, with what is known of its origin. */
    BranchRecord made() {
      return made;
    }

    /** Its data folder. */
    Path folder() {
      return parts.storage(made).dataFolder(made.id()).orElseThrow();
    }

    /** Does the rest. When this throws, it is still to be undone. */
    BranchRecord complete(Starter starter, Finisher finisher)
        throws IOException, InterruptedException {
      Endpoint endpoint = starter.start(made, folder());
      BranchRecord ready =
          NewBranch.this.complete(
              made.withState(State.READY).withPort(endpoint.port()),
              () -> {
                setPassword(made, folder(), password, told -> finisher.tell(told, endpoint));
                finisher.finish(endpoint);
              });
      lock.close();
      return ready;
    }

    /** Takes all of it away; what fails at that is added to the first failure. */
    void undoAfter(Throwable first) {
      try (lock) {
        password.settleAfter(first);
        removal.finishAfter(first, claimed);
        deleteAfter(first, lock);
      }
    }
  }

  private static void setPassword(
      BranchRecord record, Path data, Passwords.Pending password, Passwords.Server server)
      throws IOException, InterruptedException {
    try {
      password.tell(server);
    } catch (StartFailedException e) {
      throw FullDisk.of(data, "set the password of", record.name().toString(), e)
          .<BpgException>map(full -> full)
          .orElse(e);
    }
  }

  // The record is written meanwhile; it takes effect when the last step is done.
  private BranchRecord complete(BranchRecord ready, Step last)
      throws IOException, InterruptedException {
    PendingRecord record = new PendingRecord(parts.catalog(), ready, background);
    try {
      last.run();
      record.commit();
      return ready;
    } catch (Throwable first) {
      record.discardAfter(first);
      throw first;
    }
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
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
