package dev.bpg.junit5;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection to whatever branch its URL leads to when it is used. As with any connection, one
 * thread at a time uses it.
 */
final class SwitchingConnection implements InvocationHandler {

  private static final String SUPERUSER = "postgres";
  private static final String CONNECTION_FAILURE = "08006";

  // What was never set stays the server's, which may differ by branch.
  private static final Set<String> KEPT =
      Set.of("setReadOnly", "setTransactionIsolation", "setSchema", "setHoldability");

  private final Map<Method, @Nullable Object @Nullable []> settings = new LinkedHashMap<>();
  private final TestUrl url;
  private final Properties info;
  private CurrentBranch.Target target;
  private Connection physical;
  private boolean autoCommit = true;
  private boolean used;
  private boolean closed;

  private SwitchingConnection(
      TestUrl url, Properties info, CurrentBranch.Target target, Connection physical) {
    this.url = url;
    this.info = info;
    this.target = target;
    this.physical = physical;
  }

  /** Opens one. */
  static Connection open(TestUrl url, Properties info) throws SQLException {
    CurrentBranch.Target target = CurrentBranch.named(url.name()).target(url);
    return (Connection)
        Proxy.newProxyInstance(
            SwitchingConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new SwitchingConnection(url, info, target, connect(url, info, target)));
  }

  private static Connection connect(TestUrl url, Properties info, CurrentBranch.Target target)
      throws SQLException {
    Properties complete = new Properties();
    info.stringPropertyNames().forEach(name -> complete.setProperty(name, info.getProperty(name)));
    String user = info.getProperty("user", "");
    if (user.isEmpty() || user.equals(SUPERUSER)) {
      complete.setProperty("user", target.branch().getUsername());
      complete.setProperty("password", target.branch().getPassword());
    }
    Connection connection =
        DriverManager.getConnection(url.on(target.branch().getJdbcUrl()), complete);
    try (Statement statement = connection.createStatement();
        ResultSet session = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
      session.next();
      target.sessions().add(session.getInt(1));
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "close", "abort" -> closed = true;
      case "isClosed", "isWrapperFor" -> {}
      case "equals" -> {
        return arguments != null && proxy == arguments[0];
      }
      case "hashCode" -> {
        return System.identityHashCode(proxy);
      }
      case "toString" -> {
        return url + " to " + target.branch().name();
      }
      default -> follow(isEndOfAll(method, "rollback"));
    }
    Object result = call(method, arguments, physical);
    note(method, arguments);
    return result;
  }

  // A transaction begins with the first statement after the last one's end.
  private void note(Method method, @Nullable Object @Nullable [] arguments) {
    String name = method.getName();
    if (KEPT.contains(name)) {
      settings.put(method, arguments);
    }
    if (name.equals("setAutoCommit") && arguments != null) {
      autoCommit = Boolean.TRUE.equals(arguments[0]);
      used &= !autoCommit; // It commits.
    }
    if (name.startsWith("prepare") || name.equals("createStatement")) {
      used = true;
    } else if (isEndOfAll(method, "commit") || isEndOfAll(method, "rollback")) {
      used = false;
    }
  }

  // Without a savepoint, which is where a transaction goes on.
  private static boolean isEndOfAll(Method method, String name) {
    return method.getName().equals(name) && method.getParameterCount() == 0;
  }

  private static @Nullable Object call(
      Method method, @Nullable Object @Nullable [] arguments, Connection connection)
      throws Throwable {
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void follow(boolean isRollback) throws Throwable {
    if (closed) {
      return;
    }
    CurrentBranch.Target now = CurrentBranch.named(url.name()).target(url);
    if (now == target) {
      return;
    }
    Connection before = physical;
    boolean wasOpen = !autoCommit && used;
    used = false;
    Connection next = connect(url, info, now);
    try {
      for (Map.Entry<Method, @Nullable Object @Nullable []> setting : settings.entrySet()) {
        call(setting.getKey(), setting.getValue(), next);
      }
      // Last: with it off, others would begin a transaction, or be refused in one.
      next.setAutoCommit(autoCommit);
    } catch (Throwable e) {
      next.close();
      throw e;
    }
    physical = next;
    target = now;
    before.close();
    if (wasOpen && !isRollback) {
      throw new SQLTransientConnectionException(
          "the branch of this connection went with its test, and its transaction with it\n"
              + "HINT: end transactions within their test",
          CONNECTION_FAILURE);
    }
  }
}
