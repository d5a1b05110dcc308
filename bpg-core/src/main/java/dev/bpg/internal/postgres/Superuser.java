package dev.bpg.internal.postgres;

import dev.bpg.error.RefusedException;
import dev.bpg.server.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The role by which bpg gets into every server. */
public final class Superuser {

  private Superuser() {}

  /**
   * Checks that imported data has the role {@code postgres}, as a superuser who may log in, and the
   * database {@code postgres}.
   *
   * @param subject what was imported, for the message
   * @throws RefusedException if not
   */
  public static void require(Endpoint endpoint, String subject) {
    try (Connection connection = LocalConnection.open(endpoint, "postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
      if (!row.next() || !row.getBoolean(1)) {
        throw refused(subject, "its role postgres is not a superuser", null);
      }
    } catch (SQLException e) {
      throw refused(subject, "bpg does not get into it as postgres: " + e.getMessage(), e);
    }
  }

  private static RefusedException refused(
      String subject, String reason, @org.jspecify.annotations.Nullable SQLException cause) {
    String hint =
        "run CREATE ROLE postgres SUPERUSER LOGIN (or ALTER ROLE) and CREATE DATABASE postgres"
            + " there, as far as they are missing, and import it again";
    return cause == null
        ? new RefusedException(ForeignFolder.OPERATION, subject, reason, hint)
        : new RefusedException(ForeignFolder.OPERATION, subject, reason, hint, cause);
  }
}
