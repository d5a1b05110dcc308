package dev.bpg.internal.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections to a server over TCP wherever it listens at that moment. Thread-safe. */
public final class ServerDataSource implements DataSource {

  private final Supplier<String> url;
  private final Supplier<String> password;

  /** A source that asks for the JDBC URL and the superuser's password at each connection. */
  public ServerDataSource(Supplier<String> url, Supplier<String> password) {
    this.url = url;
    this.password = password;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return driver().getConnection(RolePassword.SUPERUSER, password.get());
  }

  @Override
  public Connection getConnection(String user, String secret) throws SQLException {
    return driver().getConnection(user, secret);
  }

  private PGSimpleDataSource driver() {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setURL(url.get());
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
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("set loginTimeout in a JDBC URL of your own");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
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
