package dev.bpg.junit5;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC driver whose URL always leads to the branch of the test that runs, for applications that
 * open their connections themselves and live longer than one test, such as a Spring context that
 * several test classes share.
 *
 * <pre>{@code
 * spring.datasource.url=jdbc:bpg:test
 * spring.datasource.driver-class-name=dev.bpg.junit5.BranchDriver
 * }</pre>
 *
 * <p><b>The URL</b> is {@code jdbc:bpg:test[:NAME][/DATABASE][?PARAMETERS]}: the {@link
 * BranchedDatabase#name()} if it has one, the SQL database (default: {@code postgres}), and
 * parameters of the PostgreSQL driver. Without a user, or as {@code postgres}, connections are
 * those of the branch's superuser, whatever password is given; any other user has to give its own.
 *
 * <p><b>Connections</b> outlive the branch. When the next test has another one, a connection in
 * which no transaction is open goes there by itself at its next use, with its auto-commit,
 * read-only mode, isolation and schema; so pools need not be emptied. One with an open transaction
 * fails once with SQLSTATE 08006, and goes there then. Statements and session settings do not
 * outlive it.
 *
 * <p>Only one test at a time can have the branch of a name: classes that run in parallel need names
 * of their own, or a {@code @ResourceLock}. A connection that is opened or used while no test, or
 * more than one, has it, fails with SQLSTATE 08001 and says so.
 *
 * <p>Thread-safe.
 */
public final class BranchDriver implements Driver {

  /** What its URLs begin with. */
  public static final String PREFIX = "jdbc:bpg:test";

  private static final int VERSION = 1;

  static {
    try {
      DriverManager.registerDriver(new BranchDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The one that {@link java.sql.DriverManager} finds by itself. */
  public BranchDriver() {}

  /**
   * Makes this the driver of a Spring Boot application's data source, with the URL {@code
   * jdbc:bpg:test}; for a method with {@code @DynamicPropertySource}.
   *
   * <pre>{@code
   * BranchDriver.springDataSource(registry::add);
   * }</pre>
   *
   * @param registry what takes a property's name and its value
   */
  public static void springDataSource(BiConsumer<String, Supplier<Object>> registry) {
    registry.accept("spring.datasource.url", () -> PREFIX);
    registry.accept("spring.datasource.driver-class-name", BranchDriver.class::getName);
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Optional<TestUrl> parsed = TestUrl.parse(url);
    // JDBC wants null for a URL that is another driver's.
    return parsed.isEmpty() ? null : SwitchingConnection.open(parsed.get(), info);
  }

  @Override
  public boolean acceptsURL(String url) {
    return TestUrl.parse(url).isPresent();
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return VERSION;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("bpg does not use java.util.logging");
  }
}
