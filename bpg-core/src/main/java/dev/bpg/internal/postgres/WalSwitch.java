package dev.bpg.internal.postgres;

import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchName;
import dev.bpg.server.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Has a running server end its present WAL segment, so that all there is gets archived. */
public final class WalSwitch {

  private WalSwitch() {}

  /**
   * Ends the segment.
   *
   * <p>A recovery to a time ends at the first transaction after it, and fails if there is none: so
   * an empty transaction is committed first, which changes no data.
   *
   * @return the name of the segment that ended
   * @throws UnavailableException if the server refuses
   */
  public static String run(BranchName name, Endpoint server, KeptSessions sessions) {
    return ask(
        name,
        server,
        sessions,
        "end the WAL segment of",
        session -> {
          try (Statement statement = session.createStatement()) {
            statement.execute("SELECT pg_current_xact_id()");
            try (ResultSet result =
                statement.executeQuery("SELECT pg_walfile_name(pg_switch_wal())")) {
              result.next();
              return result.getString(1);
            }
          }
        });
  }

  /** The last segment that the server could not archive, if the last try failed. */
  public static Optional<String> failure(BranchName name, Endpoint server, KeptSessions sessions) {
    return ask(
        name,
        server,
        sessions,
        "ask for the archiver of",
        session -> {
          try (Statement statement = session.createStatement();
              ResultSet result =
                  statement.executeQuery(
                      "SELECT last_failed_wal FROM pg_stat_archiver WHERE last_failed_time >"
                          + " coalesce(last_archived_time, '-infinity')")) {
            return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
          }
        });
  }

  private interface Question<T> {
    T ask(Connection session) throws SQLException;
  }

  private static <T> T ask(
      BranchName name,
      Endpoint server,
      KeptSessions sessions,
      String operation,
      Question<T> question) {
    try {
      return sessions.use(
          server,
          session -> {
            T answer = question.ask(session);
            sessions.give(server, session);
            return answer;
          });
    } catch (SQLException e) {
      throw new UnavailableException(
          operation,
          name.toString(),
          String.valueOf(e.getMessage()),
          "see its last log lines: branch.lastLogLines(20)",
          e);
    }
  }
}
