package dev.bpg.internal.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLState;

/** Opens connections to a server over TCP wherever it listens at that moment. Thread-safe. */
public final class ServerDataSource implements DataSource {

  // Of the SQL standard: the connection could not be made. The rest are Postgres' own: it starts or
  // ends, and it ended the session.
  private static final Set<String> UNREACHABLE = Set.of("08001", "08006", "57P03", "57P01");

  private final Supplier<String> url;
  private final Supplier<String> password;
  private final BooleanSupplier wake;
  private final Optional<ReadySession> ready;
  private volatile int loginTimeout;

  /** A source that asks for the JDBC URL and the superuser's password at each connection. */
  public ServerDataSource(Supplier<String> url, Supplier<String> password) {
    this(url, password, () -> false, Optional.empty());
  }

  /**
   * One whose first connection may be open already, and whose server may end while it connects.
   *
   * @param wake has a server that cannot be reached run again; whether to try once more
   */
  public ServerDataSource(
      Supplier<String> url,
      Supplier<String> password,
      BooleanSupplier wake,
      Optional<ReadySession> ready) {
    this.url = url;
    this.password = password;
    this.wake = wake;
    this.ready = ready;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Optional<Connection> open = ready.flatMap(ReadySession::take);
    return open.isPresent() ? open.get() : awake(this::connect);
  }

  private interface Opening {
    Connection open() throws SQLException;
  }

  private Connection awake(Opening opening) throws SQLException {
    try {
      return opening.open();
    } catch (SQLException first) {
      if (!UNREACHABLE.contains(String.valueOf(first.getSQLState()))) {
        throw first;
      }
      try {
        if (wake.getAsBoolean()) {
          return opening.open();
        }
      } catch (SQLException | RuntimeException e) {
        first.addSuppressed(e);
      }
      throw first;
    }
  }

  private Connection connect() throws SQLException {
    String used = password.get();
    while (true) {
      try {
        return driver().getConnection(RolePassword.SUPERUSER, used);
      } catch (SQLException e) {
        // Somebody may have rotated it since it was read, and only then is there another try.
        String now = isWrongPassword(e) ? password.get() : used;
        if (now.equals(used)) {
          throw e;
        }
        used = now;
      }
    }
  }

  private static boolean isWrongPassword(SQLException e) {
    return PSQLState.INVALID_PASSWORD.getState().equals(e.getSQLState());
  }

  @Override
  public Connection getConnection(String user, String secret) throws SQLException {
    return awake(() -> driver().getConnection(user, secret));
  }

  private PGSimpleDataSource driver() {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setURL(url.get());
    driver.setLoginTimeout(loginTimeout);
    // Saves the driver a question or two after each connect; bpg runs nothing older.
    driver.setAssumeMinServerVersion("14");
    return driver;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("a branch's data source logs through SLF4J only");
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeout = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException(
        "a branch's data source does not use java.util.logging");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("a branch's data source wraps no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
