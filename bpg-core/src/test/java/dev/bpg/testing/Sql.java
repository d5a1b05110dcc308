package dev.bpg.testing;

import dev.bpg.Branch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements on branches, as their users send them: over TCP with the branch's password. */
public final class Sql {

  private Sql() {}

  /** The first column of the first row. */
  public static String query(Branch branch, String sql) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection()) {
      return query(connection, sql);
    }
  }

  /** The first column of the first row. */
  public static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Statements whose results do not matter. */
  public static void execute(Branch branch, String sql) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection()) {
      execute(connection, sql);
    }
  }

  /** Statements whose results do not matter. */
  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
