package dev.bpg.internal.engine;

import dev.bpg.error.StartFailedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Secrets;
import dev.bpg.internal.postgres.RolePassword;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/** Gives each branch a password of its own: in its secret, and in its server. */
final class Passwords {

  private final Secrets secrets;
  private final ExecutorService background;

  Passwords(Secrets secrets, ExecutorService background) {
    this.secrets = secrets;
    this.background = background;
  }

  /** Begins to make and store a new branch's password, off the caller's path. */
  Pending begin(BranchRecord record) {
    FutureTask<RolePassword> making =
        new FutureTask<>(
            () -> {
              RolePassword password = RolePassword.random();
              secrets.store(record.id(), password.password());
              return password;
            });
    try {
      background.execute(making);
    } catch (RejectedExecutionException e) {
      // Somebody closes bpg just now. What was begun is completed, or fails, in the usual way.
      making.run();
    }
    return new Pending(record, making);
  }

  /**
   * Makes a started server and the stored password agree again, which they may not after a crash of
   * the machine or after somebody changed it by SQL.
   */
  void restore(BranchRecord record, Endpoint endpoint) throws IOException {
    Optional<String> stored = secrets.find(record.id());
    RolePassword password = stored.map(RolePassword::of).orElseGet(RolePassword::random);
    if (stored.isEmpty()) {
      secrets.store(record.id(), password.password());
    }
    set(record, endpoint, password);
  }

  private static void set(BranchRecord record, Endpoint endpoint, RolePassword password) {
    try {
      password.set(endpoint);
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
    private final Future<RolePassword> password;

    private Pending(BranchRecord record, Future<RolePassword> password) {
      this.record = record;
      this.password = password;
    }

    /** Waits until it is stored and gives it to the branch's server. */
    void set(Endpoint endpoint) throws IOException, InterruptedException {
      try {
        Passwords.set(record, endpoint, password.get());
      } catch (ExecutionException e) {
        throw new IOException("the password could not be stored: " + e.getCause(), e);
      }
    }

    /** Waits until nothing writes the file any more, so that it can be deleted for good. */
    void settleAfter(Throwable first) {
      boolean interrupted = Thread.interrupted();
      while (true) {
        try {
          password.get();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (first.getCause() != e) {
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
