package dev.bpg.junit5;

import dev.bpg.Branch;
import dev.bpg.error.BpgException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The sessions that clients have open on a branch, but for bpg's own. */
final class OpenSessions {

  private static final int MOST = 20;

  // Passwords have no place in a log.
  private static final String ALL =
      """
      SELECT pid,
        coalesce(nullif(application_name, ''), 'a client') || ', ' || coalesce(state, 'starting')
        || ' since '
        || to_char(
          coalesce(state_change, backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"')
        || CASE
          WHEN query ~* 'password' THEN ': a statement with a password'
          ELSE coalesce(': ' || left(regexp_replace(query, '\\s+', ' ', 'g'), 120), '')
        END
      FROM pg_catalog.pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
        AND application_name <> 'bpg'
        AND NOT (state = 'idle' AND pid = ANY (?))
      ORDER BY backend_start, pid
      """;

  // A session that its client has just closed is listed until its process ends, a moment later. So
  // what is there is looked at again after some moments, in statements of their own: one statement
  // sees one state.
  private static final String STILL =
      "SELECT pid FROM pg_catalog.pg_stat_activity WHERE pid = ANY (?)";
  private static final List<String> PAUSES =
      List.of(
          "SELECT pg_catalog.pg_sleep(0.01)",
          "SELECT pg_catalog.pg_sleep(0.05)",
          "SELECT pg_catalog.pg_sleep(0.2)");

  private OpenSessions() {}

  /**
   * A line for each: who, in which state since when, and its last statement. A line with the reason
   * if they cannot be told; none if the server does not run.
   *
   * @param following those of which only one with a transaction or a statement counts
   */
  static List<String> of(Branch branch, Set<Integer> following) {
    try {
      return branch.hasClients() ? read(branch, following) : List.of();
    } catch (SQLException | BpgException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return List.of("its connections are unknown: " + reason);
    }
  }

  private static List<String> read(Branch branch, Set<Integer> following) throws SQLException {
    // In seconds: nobody wants to wait long for this.
    String url = BranchValues.url(branch) + "&connectTimeout=2&socketTimeout=5";
    try (Connection connection = DriverManager.getConnection(url)) {
      List<Session> left = all(connection, following);
      for (int i = 0; i < PAUSES.size() && !left.isEmpty(); i++) {
        left = still(connection, left, PAUSES.get(i));
      }
      List<String> lines = left.stream().map(Session::text).toList();
      if (lines.size() <= MOST) {
        return lines;
      }
      List<String> first = new ArrayList<>(lines.subList(0, MOST));
      first.add("and " + (lines.size() - MOST) + " more");
      return first;
    }
  }

  private record Session(int pid, String text) {}

  private static List<Session> all(Connection connection, Set<Integer> following)
      throws SQLException {
    List<Session> sessions = new ArrayList<>();
    Array pids = connection.createArrayOf("int4", following.toArray());
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      statement.setArray(1, pids);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          sessions.add(new Session(row.getInt(1), row.getString(2)));
        }
      }
    }
    return sessions;
  }

  private static List<Session> still(Connection connection, List<Session> sessions, String pause)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(pause);
    }
    Array pids = connection.createArrayOf("int4", sessions.stream().map(Session::pid).toArray());
    List<Integer> still = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(STILL)) {
      statement.setArray(1, pids);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          still.add(row.getInt(1));
        }
      }
    }
    return sessions.stream().filter(session -> still.contains(session.pid())).toList();
  }
}
