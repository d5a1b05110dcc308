package dev.bpg.internal.postgres;

import dev.bpg.internal.platform.ProcessLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.PGConnection;
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
  private final int process;
  private final Path data;

  private ReadySession(Connection connection, int process, Path data) {
    this.connection = new AtomicReference<>(connection);
    this.process = process;
    this.data = data;
  }

  /**
   * Opens one.
   *
   * @param data the server's data folder
   */
  public static ReadySession open(String url, String password, Path data)
      throws IOException, SQLException {
    Path folder = data.toRealPath();
    Connection opened = new ServerDataSource(() -> url, () -> password).getConnection();
    int process = opened.unwrap(PGConnection.class).getBackendPID();
    ReadySession session = new ReadySession(opened, process, folder);
    session.loadCatalogs();
    return session;
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
    T run(Connection connection) throws IOException, SQLException, InterruptedException;
  }

  /**
   * Asks something, before anybody has had it.
   *
   * @throws IllegalStateException if somebody has
   */
  public <T> T ask(Query<T> query) throws IOException, SQLException, InterruptedException {
    return query.run(open());
  }

  private Connection open() {
    Connection open = connection.get();
    if (open == null) {
      throw new IllegalStateException("the session is somebody's, or closed");
    }
    return open;
  }

  /** Tells the server another password of the superuser, before anybody has had the session. */
  public void tell(RolePassword password) throws SQLException {
    password.set(open());
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
    if (isServed() || answers(taken)) {
      return Optional.of(taken);
    }
    close(taken);
    return Optional.empty();
  }

  /**
   * Whether its server is seen to serve it: a session ends with its process, which works in the
   * server's folder. Those in containers are not, because their processes have other numbers here.
   */
  // To ask the session instead takes as long as half a query.
  public boolean isServed() {
    return ProcessLinks.workingFolder(process).filter(data::equals).isPresent();
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
