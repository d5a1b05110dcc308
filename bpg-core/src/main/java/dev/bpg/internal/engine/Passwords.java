package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.StartFailedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.RolePassword;
import dev.bpg.model.BranchId;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/** Gives each branch a password of its own, and its server the same. */
final class Passwords {

  private final PasswordSource source;
  private final ExecutorService background;

  Passwords(PasswordSource source, ExecutorService background) {
    this.source = source;
    this.background = background;
  }

  /** Begins to get a new branch's password, off the caller's path. */
  Pending begin(BranchRecord record) {
    StoppableCall<RolePassword> making = new StoppableCall<>(() -> source.make(record));
    FutureTask<RolePassword> password = new FutureTask<>(making);
    try {
      background.execute(password);
    } catch (RejectedExecutionException e) {
      // Somebody closes bpg just now. What was begun is completed, or fails, in the usual way.
      password.run();
    }
    return new Pending(record, making, password);
  }

  /**
   * Makes a started server and the branch's password agree again, which they may not after a crash
   * of the machine or after somebody changed it by SQL.
   */
  void restore(BranchRecord record, Endpoint endpoint) throws IOException {
    if (!complete(record, Server.at(endpoint))) {
      RolePassword password = source.present(record);
      set(record, () -> password.set(endpoint));
    }
  }

  /** A branch's password, which its server may have to be told yet: see {@link #complete}. */
  Optional<String> find(BranchRecord record) throws IOException {
    return source.find(record);
  }

  /** Whether its server may have to be told a branch's password yet. */
  boolean isUnsettled(BranchId id) throws IOException {
    return source.isUnsettled(id);
  }

  /** Has what takes a branch's place take its password too. */
  void copy(BranchRecord from, BranchId to) throws IOException {
    source.copy(from, to);
  }

  /** A server that runs, and is told a password. */
  interface Server {
    void tell(RolePassword password) throws SQLException;

    /** One that is connected to for that, and told for good. */
    static Server at(Endpoint endpoint) {
      return password -> password.setDurably(endpoint);
    }
  }

  /**
   * Completes a rotation, if there is one to complete: tells the server the branch's password. To
   * be called with the branch's lock; can be repeated.
   *
   * @return whether there was anything to do
   */
  boolean complete(BranchRecord record, Server server) throws IOException {
    if (!source.isUnsettled(record.id())) {
      return false;
    }
    RolePassword password = source.next(record);
    set(record, () -> server.tell(password));
    source.settle(record);
    return true;
  }

  /**
   * Gives a branch another password. Without a server, the next start completes it. To be called
   * with the branch's lock, and with nothing left to complete on a server.
   */
  void rotate(BranchRecord record, Optional<Server> server) throws IOException {
    PasswordSource.Undo undo = source.rotate(record);
    if (server.isEmpty()) {
      return;
    }
    try {
      complete(record, server.get());
    } catch (Throwable first) {
      putBackAfter(first, record, server.get(), undo);
      throw first;
    }
  }

  // Unless the server said no, whether it took the new one cannot be known. So it is told the old
  // one, and only then is the new one forgotten; if it cannot be told, the rotation is completed
  // later instead.
  private void putBackAfter(
      Throwable first, BranchRecord record, Server server, PasswordSource.Undo undo) {
    try {
      Uninterruptibly.call(
          () -> {
            Optional<RolePassword> old = source.previous(record.id());
            if (!source.isUnsettled(record.id()) || old.isEmpty()) {
              return false;
            }
            if (!isRefusal(first)) {
              set(record, () -> server.tell(old.get()));
            }
            undo.run();
            return true;
          });
    } catch (IOException | InterruptedException | RuntimeException e) {
      first.addSuppressed(e);
    }
  }

  // Connections are broken and sessions are ended after a commit too, before the client hears of
  // it.
  private static boolean isRefusal(Throwable failure) {
    return failure.getCause() instanceof SQLException e
        && e.getSQLState() != null
        && !e.getSQLState().startsWith("08")
        && !e.getSQLState().startsWith("57P");
  }

  private interface Setting {
    void run() throws SQLException;
  }

  private static void set(BranchRecord record, Setting setting) {
    try {
      setting.run();
    } catch (SQLException e) {
      throw new StartFailedException(
          "set the password of",
          record.name().toString(),
          String.valueOf(e.getMessage()),
          "give the branch it was made from a superuser named " + RolePassword.SUPERUSER + " again",
          e);
    }
  }

  /** A password on its way to its file. */
  static final class Pending {

    private final BranchRecord record;
    private final StoppableCall<RolePassword> making;
    private final Future<RolePassword> password;

    private Pending(
        BranchRecord record, StoppableCall<RolePassword> making, Future<RolePassword> password) {
      this.record = record;
      this.making = making;
      this.password = password;
    }

    /** Waits until it is stored and tells the branch's server. */
    void tell(Server server) throws IOException, InterruptedException {
      try {
        RolePassword made = password.get();
        Passwords.set(record, () -> server.tell(made));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof BpgException failure) {
          throw failure;
        }
        throw new IOException("the password could not be stored: " + e.getCause(), e);
      }
    }

    /**
     * Waits until nothing writes the file any more, so that it can be deleted for good. A provider
     * that waits for somebody is interrupted.
     */
    void settleAfter(Throwable first) {
      boolean interrupted = Thread.interrupted();
      making.stop();
      while (true) {
        try {
          password.get();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          boolean isKnown = first.getCause() == e || first == e.getCause();
          if (!isKnown && !(e.getCause() instanceof CancellationException)) {
            first.addSuppressed(e.getCause());
          }
          break;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
