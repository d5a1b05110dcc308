package dev.bpg.internal.postgres;

import dev.bpg.server.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Who uses a server, besides bpg itself.
 *
 * @param connected how many clients are connected now
 * @param sessions how many sessions there ever were, by which those that came and went are noticed
 */
public record ClientActivity(long connected, long sessions) {

  // Looked for in template1, and sessions there are left out, so that looking is no activity.
  private static final String DATABASE = "template1";
  private static final String QUERY =
      """
      SELECT (SELECT count(*) FROM pg_stat_activity
               WHERE backend_type IN ('client backend', 'walsender')
                 AND pid <> pg_backend_pid() AND application_name <> 'bpg'),
             (SELECT coalesce(sum(sessions), 0) FROM pg_stat_database
               WHERE datname <> 'template1')
      """;

  /**
   * Asks a server.
   *
   * @throws SQLException if it does not answer
   */
  public static ClientActivity of(Endpoint server) throws SQLException {
    try (Connection connection = LocalConnection.open(server, DATABASE);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      return new ClientActivity(row.getLong(1), row.getLong(2));
    }
  }
}
