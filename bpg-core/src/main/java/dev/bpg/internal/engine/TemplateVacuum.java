package dev.bpg.internal.engine;

import dev.bpg.internal.postgres.LocalConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves nothing of a template for its branches to do: rows are frozen, hint bits set and
 * statistics known, so that the first queries of a branch write nothing and are planned well.
 */
final class TemplateVacuum {

  private TemplateVacuum() {}

  /** Does it in all SQL databases of a server. */
  static void run(NewServer server) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      // Scripts commit without waiting for the disk, and a row counts as visible to all only when
      // its commit is there. So all WAL is flushed, by a commit that has some itself.
      statement.execute("SET synchronous_commit = on");
      statement.execute("SELECT pg_logical_emit_message(true, 'bpg', '')");
      try (ResultSet found =
          statement.executeQuery("SELECT datname FROM pg_database WHERE datallowconn")) {
        while (found.next()) {
          names.add(found.getString(1));
        }
      }
    }
    for (String database : names) {
      try (Connection connection = LocalConnection.open(server.endpoint(), database);
          Statement statement = connection.createStatement()) {
        statement.execute("VACUUM (FREEZE, ANALYZE)");
      }
    }
  }
}
