package dev.bpg.internal.postgres;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of the superuser that was opened before anybody asked for one. The first who asks gets
 * it. Thread-safe.
 */
public final class ReadySession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReadySession.class);

  private static final int SECONDS_TO_ANSWER = 1;

  private final AtomicReference<Connection> connection;
  private final Optional<Socket> socket;

  private ReadySession(Connection connection, Optional<Socket> socket) {
    this.connection = new AtomicReference<>(connection);
    this.socket = socket;
  }

  /** Opens one. */
  public static ReadySession open(String url, String password) throws SQLException {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setURL(url);
    driver.setSocketFactory(KnownSockets.class.getName());
    // Saves the driver a question or two after each connect; bpg runs nothing older.
    driver.setAssumeMinServerVersion("14");
    KnownSockets.takeLast(); // That of a query that this thread cancelled, if any.
    try {
      Connection opened = driver.getConnection(RolePassword.SUPERUSER, password);
      ReadySession session = new ReadySession(opened, KnownSockets.takeLast());
      session.loadCatalogs();
      return session;
    } catch (SQLException e) {
      KnownSockets.takeLast();
      throw e;
    }
  }

  // A server's process loads what it knows of types, operators and the like when it is first asked
  // for it. With that done the first query takes two thirds of the time.
  private void loadCatalogs() throws SQLException {
    try (Statement statement = connection.get().createStatement()) {
      statement.execute(
          "SELECT relname FROM pg_catalog.pg_class"
              + " WHERE relpages < 1 AND relname LIKE 'pg%' ORDER BY relname LIMIT 1");
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /** Something that is asked of a server. */
  public interface Query<T> {
    /** Asks it. */
    T run(Connection connection) throws IOException, SQLException;
  }

  /**
   * Asks something, before anybody has had it.
   *
   * @throws IllegalStateException if somebody has
   */
  public <T> T ask(Query<T> query) throws IOException, SQLException {
    Connection open = connection.get();
    if (open == null) {
      throw new IllegalStateException("the session is somebody's, or closed");
    }
    return query.run(open);
  }

  /**
   * The session, unless somebody has had it or it ended: with its server, or by somebody. It is the
   * caller's to close.
   */
  Optional<Connection> take() {
    Connection taken = connection.getAndSet(null);
    if (taken == null) {
      return Optional.empty();
    }
    if (isQuiet() || answers(taken)) {
      return Optional.of(taken);
    }
    close(taken);
    return Optional.empty();
  }

  // A server that ends a session says so first. To ask it takes as long as half a query.
  private boolean isQuiet() {
    try {
      return socket.isPresent() && socket.get().getInputStream().available() == 0;
    } catch (IOException e) {
      LOG.debug("the socket of a session that was opened ahead is closed", e);
      return false;
    }
  }

  private static boolean answers(Connection connection) {
    try {
      return connection.isValid(SECONDS_TO_ANSWER);
    } catch (SQLException e) {
      LOG.debug("a session that was opened ahead is not used", e);
      return false;
    }
  }

  /** Ends it if nobody has had it. */
  @Override
  public void close() {
    Connection left = connection.getAndSet(null);
    if (left != null) {
      close(left);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("a session that nobody used could not be closed", e);
    }
  }
}
