package dev.bpg.internal.postgres;

import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchName;
import dev.bpg.server.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * How far a running server's WAL is at a time by the server's clock: all that was committed before
 * is before it.
 *
 * @param lsn the position, as Postgres writes it
 * @param at the time
 */
public record WalPosition(String lsn, Instant at) {

  private static final String QUERY = "SELECT pg_current_wal_insert_lsn()::text, clock_timestamp()";

  /**
   * Asks a server. Transactions that end meanwhile may be on either side.
   *
   * @throws UnavailableException if it refuses
   */
  public static WalPosition of(BranchName name, Endpoint server, KeptSessions sessions) {
    try {
      return sessions.use(server, session -> ask(server, sessions, session));
    } catch (SQLException e) {
      throw new UnavailableException(
          "read the WAL position of",
          name.toString(),
          String.valueOf(e.getMessage()),
          "see its last log lines: branch.lastLogLines(20)",
          e);
    }
  }

  private static WalPosition ask(Endpoint server, KeptSessions sessions, Connection session)
      throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(QUERY)) {
      result.next();
      String lsn = result.getString(1);
      Instant at = result.getObject(2, OffsetDateTime.class).toInstant();
      sessions.give(server, session);
      return new WalPosition(lsn, at);
    }
  }
}
