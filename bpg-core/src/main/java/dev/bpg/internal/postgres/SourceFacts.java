package dev.bpg.internal.postgres;

import dev.bpg.error.BpgException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.SourceServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What a running server says of itself to a user who asks it for data.
 *
 * @param major its major version
 * @param replicates whether the user may take a base backup
 * @param tablespaces the tablespaces beside those that every cluster has
 */
public record SourceFacts(int major, boolean replicates, List<String> tablespaces) {

  private static final int SECONDS = 10;

  /**
   * Asks it.
   *
   * @param operation what is wanted of it, for errors
   * @throws RefusedException if it does not let the user in
   * @throws NotFoundException if it has no such SQL database
   * @throws UnavailableException if it does not answer
   */
  public static SourceFacts of(SourceServer server, String operation) {
    try (Connection connection = open(server);
        Statement statement = connection.createStatement()) {
      boolean replicates;
      try (ResultSet row =
          statement.executeQuery(
              "SELECT rolsuper OR rolreplication FROM pg_roles WHERE rolname = current_user")) {
        replicates = row.next() && row.getBoolean(1);
      }
      List<String> tablespaces = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT spcname FROM pg_tablespace"
                  + " WHERE spcname NOT IN ('pg_default', 'pg_global') ORDER BY 1")) {
        while (rows.next()) {
          tablespaces.add(rows.getString(1));
        }
      }
      int major = connection.getMetaData().getDatabaseMajorVersion();
      return new SourceFacts(major, replicates, tablespaces);
    } catch (SQLException e) {
      throw failure(e, server, operation);
    }
  }

  private static Connection open(SourceServer server) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {server.host()});
    source.setPortNumbers(new int[] {server.port()});
    server.database().or(server::user).ifPresent(source::setDatabaseName);
    server.user().ifPresent(source::setUser);
    server.password().ifPresent(source::setPassword);
    for (var setting : server.tls().entrySet()) {
      source.setProperty(setting.getKey(), setting.getValue());
    }
    source.setConnectTimeout(SECONDS);
    source.setLoginTimeout(SECONDS);
    source.setSocketTimeout(SECONDS);
    source.setApplicationName("bpg");
    return source.getConnection();
  }

  private static BpgException failure(SQLException e, SourceServer server, String operation) {
    String state = String.valueOf(e.getSQLState());
    String said = String.valueOf(e.getMessage());
    // 08004 is what the driver says of a password that is wanted and was not given.
    if (state.startsWith("28") || state.equals("08004")) {
      return new RefusedException(
          operation,
          server.toString(),
          "it does not let this user in: " + said,
          "correct user and password, or allow the user in its pg_hba.conf",
          e);
    }
    if (state.equals("3D000")) {
      return new NotFoundException(
          operation, server.toString(), said, "name one of its SQL databases", e);
    }
    return new UnavailableException(
        operation,
        server.toString(),
        "it does not answer as Postgres does: " + said,
        "see that it runs and is reached from here, and correct host and port",
        e);
  }
}
