package dev.bpg.junit5;

import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.UnavailableException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** What parameters and fields can be set to. */
final class BranchValues {

  /** The types that stand for themselves. */
  static final Set<Class<?>> TYPES =
      Set.of(Branch.class, TemporaryBranch.class, DataSource.class, Connection.class);

  private BranchValues() {}

  /**
   * A value of one of {@link #TYPES}, or the URL for a string.
   *
   * @param context when it ends, what was opened is closed
   */
  static Object of(Class<?> type, TemporaryBranch branch, ExtensionContext context) {
    if (type == String.class) {
      return url(branch);
    }
    if (type == DataSource.class) {
      return branch.dataSource();
    }
    return type == Connection.class ? connection(branch, context) : branch;
  }

  /** The URL with user and password. */
  static String url(Branch branch) {
    String plain = branch.getJdbcUrl();
    return plain
        + (plain.contains("?") ? "&" : "?")
        + "user="
        + URLEncoder.encode(branch.getUsername(), StandardCharsets.UTF_8)
        + "&password="
        + URLEncoder.encode(branch.getPassword(), StandardCharsets.UTF_8);
  }

  private static Connection connection(Branch branch, ExtensionContext context) {
    try {
      Connection connection = branch.dataSource().getConnection();
      context
          .getStore(Namespace.create(BranchValues.class))
          .put(new Object(), new OpenConnection(connection));
      return connection;
    } catch (SQLException e) {
      throw new UnavailableException(
          "connect to",
          branch.toString(),
          String.valueOf(e.getMessage()),
          "look at what the test did to the server: " + String.join("; ", branch.lastLogLines(5)),
          e);
    }
  }

  @SuppressWarnings("deprecation") // As in TestBranch.
  private record OpenConnection(Connection connection)
      implements Store.CloseableResource, AutoCloseable {
    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
