package dev.bpg.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The sessions of a server's clients, by any of their own: a superuser's. */
public final class ClientSessions {

  private static final String END =
      """
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
       WHERE backend_type IN ('client backend', 'walsender', 'background worker',
                              'parallel worker')
         AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
      """;
  private static final String LEFT =
      """
      SELECT count(*) FROM pg_stat_activity
       WHERE backend_type IN ('client backend', 'walsender') AND pid <> pg_backend_pid()
      """;
  private static final String OTHERS = LEFT + " AND application_name <> 'bpg'";

  private ClientSessions() {}

  /**
   * Ends all but the one by which it is asked, and waits for that, up to five seconds for each.
   *
   * @return whether all ended
   */
  public static boolean endOthers(Connection own) throws SQLException {
    try (Statement statement = own.createStatement()) {
      statement.execute(END);
    }
    return count(own, LEFT) == 0;
  }

  /** How many there are beside it, but for those that bpg has. */
  public static int others(Connection own) throws SQLException {
    return count(own, OTHERS);
  }

  private static int count(Connection own, String query) throws SQLException {
    try (Statement statement = own.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }
}
