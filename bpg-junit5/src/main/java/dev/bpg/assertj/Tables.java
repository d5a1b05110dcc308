package dev.bpg.assertj;

import dev.bpg.Branch;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of one database of a branch, read in one session. For use by one thread. */
final class Tables implements AutoCloseable {

  private static final int LONGEST_VALUE = 80;

  private static final String FIND =
      """
      SELECT n.nspname, c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = pg_catalog.to_regclass(?)
      """;

  private final Branch branch;
  private final Connection session;

  private Tables(Branch branch, Connection session) {
    this.branch = branch;
    this.session = session;
  }

  static Tables of(Branch branch, String database) {
    try {
      return new Tables(branch, connect(branch, database));
    } catch (SQLException e) {
      throw new UnavailableException(
          "connect to database " + database + " of",
          branch.name(),
          String.valueOf(e.getMessage()),
          "name one of its databases, and have its server run",
          e);
    }
  }

  private static Connection connect(Branch branch, String database) throws SQLException {
    String own = branch.getDatabaseName();
    if (database.equals(own)) {
      return branch.dataSource().getConnection();
    }
    String name = URLEncoder.encode(database, StandardCharsets.UTF_8);
    String url = branch.getJdbcUrl().replaceFirst("/" + own + "(?=\\?|$)", "/" + name);
    return DriverManager.getConnection(url, branch.getUsername(), branch.getPassword());
  }

  /** A table by its name as in SQL. */
  Optional<TableName> find(String name) {
    try (PreparedStatement statement = session.prepareStatement(FIND)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new TableName(row.getString(1), row.getString(2), row.getString(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw refused(
          "find table " + name + " of", e, "write it as in SQL: orders, shop.orders, \"My Table\"");
    }
  }

  /** How many rows of a table a condition holds for. */
  long count(TableName table, Optional<String> condition) {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*)" + from(table, condition))) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw unreadable(table, e);
    }
  }

  /** Some of them, as texts. */
  List<String> rows(TableName table, Optional<String> condition, int most) {
    String sql = "SELECT *" + from(table, condition) + " LIMIT " + most;
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(text(row));
      }
      return rows;
    } catch (SQLException e) {
      throw unreadable(table, e);
    }
  }

  // On a line of its own, a condition that ends with a comment does not end the statement.
  private static String from(TableName table, Optional<String> condition) {
    return " FROM " + table + condition.map(text -> " WHERE (" + text + "\n)").orElse("");
  }

  private static String text(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      values.put(columns.getColumnName(i), value(row, i, columns.getColumnTypeName(i)));
    }
    return values.toString();
  }

  private static @Nullable String value(ResultSet row, int column, String type)
      throws SQLException {
    String value = row.getString(column);
    if (value == null) {
      return null;
    }
    // As a difference shows it.
    String text = type.equals("bool") ? String.valueOf(row.getBoolean(column)) : value;
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  private RefusedException unreadable(TableName table, SQLException e) {
    return refused("read the rows of " + table + " in", e, "mend the condition, which is SQL");
  }

  private RefusedException refused(String operation, SQLException e, String hint) {
    return new RefusedException(operation, branch.name(), String.valueOf(e.getMessage()), hint, e);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      throw refused("end a session with", e, "run the test again");
    }
  }
}
