package dev.bpg.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** An SQL database of a cluster, made when something is to go into it. */
public final class NewSqlDatabase {

  private NewSqlDatabase() {}

  /** Makes it empty of all but what Postgres brings, unless there is one of the name. */
  public static void makeIfMissing(DataSource cluster, String name) throws SQLException {
    try (Connection connection = cluster.getConnection();
        PreparedStatement find =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      find.setString(1, name);
      try (ResultSet found = find.executeQuery()) {
        if (found.next()) {
          return;
        }
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\" TEMPLATE template0");
      }
    }
  }
}
