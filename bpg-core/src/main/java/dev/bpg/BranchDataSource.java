package dev.bpg;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections to a branch wherever its server listens at that moment. */
final class BranchDataSource implements DataSource {

  private final Branch branch;

  BranchDataSource(Branch branch) {
    this.branch = branch;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return driver().getConnection(branch.getUsername(), branch.getPassword());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return driver().getConnection(user, password);
  }

  private PGSimpleDataSource driver() {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setURL(branch.getJdbcUrl());
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
