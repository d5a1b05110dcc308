package dev.bpg.testcontainers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Who connects to which SQL database. A branch has its parent's users and databases: what is wanted
 * and is not among them is made, as an image's entrypoint makes it.
 *
 * @param user the user wanted
 * @param password the password wanted; empty for the branch's own
 * @param database the SQL database wanted
 */
record SqlLogin(String user, Optional<String> password, String database) {

  private static final String SUPERUSER = "postgres";
  private static final String HAS_USER = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ?";
  private static final String HAS_DATABASE =
      "SELECT 1 FROM pg_catalog.pg_database WHERE datname = ?";

  /**
   * Makes what is missing.
   *
   * @param superuser connections to the branch
   * @param own the branch's own password
   */
  void make(DataSource superuser, String own) throws SQLException {
    if (user.equals(SUPERUSER) && password.isEmpty() && database.equals(SUPERUSER)) {
      return;
    }
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      boolean made = !has(connection, HAS_USER, user);
      if (made) {
        statement.execute("CREATE ROLE " + quoted(statement, user) + " LOGIN SUPERUSER");
      }
      if (made || !user.equals(SUPERUSER) || password.isPresent()) {
        // As a verifier that is computed here: the password is in no log of the server's.
        connection
            .unwrap(PGConnection.class)
            .alterUserPassword(user, password.orElse(own).toCharArray(), "scram-sha-256");
      }
      if (!has(connection, HAS_DATABASE, database)) {
        statement.execute(
            "CREATE DATABASE " + quoted(statement, database) + " OWNER " + quoted(statement, user));
      }
    }
  }

  private static boolean has(Connection connection, String query, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String quoted(Statement statement, String name) throws SQLException {
    return statement.enquoteIdentifier(name, true);
  }
}
