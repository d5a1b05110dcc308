package dev.bpg.internal.diff;

import dev.bpg.diff.DiffOptions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A session with the same database on each side. What they do happens in two threads of its own, so
 * that the sides work at the same time and whoever waits for them can be interrupted. For use by
 * one thread at a time.
 */
final class SessionPair implements AutoCloseable {

  private final Failures failures;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, SessionPair::daemon);
  private final List<Session> open = new ArrayList<>();
  private @Nullable Both<Session> sessions;
  private boolean failed;
  private boolean closed;

  /** Work on one side. */
  interface Work<T> {
    T on(Session session) throws SQLException;
  }

  private SessionPair(Failures failures) {
    this.failures = failures;
  }

  /** Connects to both sides. */
  static SessionPair open(Both<Side> sides, String database, DiffOptions options) {
    SessionPair pair = new SessionPair(new Failures(sides, database, options));
    try {
      pair.sessions =
          pair.both(
              () -> pair.connect(sides.before(), database, options),
              () -> pair.connect(sides.after(), database, options));
      return pair;
    } catch (RuntimeException e) {
      try (pair) {
        throw e;
      }
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "bpg-diff");
    thread.setDaemon(true);
    return thread;
  }

  private Session connect(Side side, String database, DiffOptions options) throws SQLException {
    Session session =
        Session.on(side.databases().apply(database).getConnection(), options.statementTimeout());
    synchronized (open) {
      open.add(session);
      if (!closed) {
        return session;
      }
    }
    // Whoever wanted it was interrupted in the meantime.
    session.close();
    throw new SQLException("it was given up while connecting");
  }

  /** The sessions. */
  Both<Session> sessions() {
    return Objects.requireNonNull(sessions);
  }

  /** Does the same on both sides at once. */
  <T> Both<T> both(Work<T> work) {
    Both<Session> two = sessions();
    return both(() -> work.on(two.before()), () -> work.on(two.after()));
  }

  /** Does something on each side at once. */
  <T> Both<T> both(Callable<T> onBefore, Callable<T> onAfter) {
    Future<T> before = threads.submit(onBefore);
    Future<T> after = threads.submit(onAfter);
    return new Both<>(await(before), await(after));
  }

  /** Does something that uses both sides in turns. */
  <T> T call(Callable<T> work) {
    return await(threads.submit(work));
  }

  private <T> T await(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      failed = true;
      close();
      Thread.currentThread().interrupt();
      throw failures.cancelled(e);
    } catch (ExecutionException e) {
      failed = true;
      if (e.getCause() instanceof SQLException failure) {
        throw failures.of(failure);
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends the sessions; of work that was given up, in the servers too. */
  @Override
  public void close() {
    List<Session> left;
    synchronized (open) {
      closed = true;
      left = List.copyOf(open);
      open.clear();
    }
    threads.shutdown();
    @Nullable SQLException first = null;
    for (Session session : left) {
      try {
        if (failed) {
          session.abort();
        } else {
          session.close();
        }
      } catch (SQLException e) {
        if (first != null) {
          e.addSuppressed(first);
        }
        first = e;
      }
    }
    if (first != null && !failed) {
      throw failures.of(first);
    }
  }
}
