package dev.bpg.internal.postgres;

import dev.bpg.server.Endpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Superuser sessions that are kept for a moment after use: whoever branches once usually branches
 * again, and a new session costs as much as a checkpoint. At most one for each server, closed when
 * nobody came for it. Safe for use by several threads.
 */
public final class KeptSessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeptSessions.class);

  /**
   * How long an idle session is kept. Well below the 5 s for which {@code CREATE DATABASE …
   * TEMPLATE postgres} waits for other sessions to go, so that it does not fail because of one of
   * ours.
   */
  private static final Duration KEPT = Duration.ofSeconds(2);

  // Connection exception and operator intervention: classes in the manual's appendix of error
  // codes.
  private static final Set<String> SESSION_GONE = Set.of("08", "57");

  private final ScheduledExecutorService timer;
  private final Map<Endpoint, Idle> idle = new HashMap<>();
  private boolean closed;

  /** One wait of a session. A class, because each wait is another one. */
  private static final class Idle {
    private final Connection session;

    private Idle(Connection session) {
      this.session = session;
    }
  }

  /** No sessions yet; the timer is the caller's. */
  public KeptSessions(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** What begins in a session. */
  interface Beginning<T> {
    T in(Connection session) throws SQLException;
  }

  /**
   * Begins something in the session that was kept, or in a new one. If it fails the session is
   * closed, else its end has to {@link #give} it back or close it.
   */
  <T> T use(Endpoint server, Beginning<T> beginning) throws SQLException {
    Connection kept = take(server);
    if (kept != null) {
      try {
        return begin(kept, beginning);
      } catch (SQLException e) {
        if (!isGone(e)) {
          throw e;
        }
        LOG.debug("the session kept for {} is gone, a new one is opened", server, e);
      }
    }
    return begin(LocalConnection.open(server, "postgres"), beginning);
  }

  private static <T> T begin(Connection session, Beginning<T> beginning) throws SQLException {
    try {
      return beginning.in(session);
    } catch (SQLException e) {
      try {
        session.close();
      } catch (SQLException later) {
        e.addSuppressed(later);
      }
      throw e;
    }
  }

  private static boolean isGone(SQLException e) {
    return e.getSQLState() != null && SESSION_GONE.contains(e.getSQLState().substring(0, 2));
  }

  private synchronized @Nullable Connection take(Endpoint server) {
    Idle kept = idle.remove(server);
    return kept == null ? null : kept.session;
  }

  /** Keeps a session in which nothing is under way, or closes it if there is one already. */
  void give(Endpoint server, Connection session) throws SQLException {
    Idle kept = new Idle(session);
    synchronized (this) {
      if (!closed && !idle.containsKey(server) && schedule(server, kept)) {
        idle.put(server, kept);
        return;
      }
    }
    session.close();
  }

  private boolean schedule(Endpoint server, Idle kept) {
    try {
      timer.schedule(() -> expire(server, kept), KEPT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("no session of {} is kept: bpg is closing", server, e);
      return false;
    }
  }

  private void expire(Endpoint server, Idle kept) {
    synchronized (this) {
      if (!idle.remove(server, kept)) {
        return;
      }
    }
    close(kept);
  }

  /** Closes what is kept. From now on nothing is. */
  @Override
  public void close() {
    List<Idle> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(idle.values());
      idle.clear();
    }
    left.forEach(KeptSessions::close);
  }

  private static void close(Idle kept) {
    try {
      kept.session.close();
    } catch (SQLException e) {
      LOG.debug("an idle session ended before it was closed", e);
    }
  }
}
