package dev.bpg.internal.postgres;

import dev.bpg.server.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a server sorts text as the one did that made its indexes, by what Postgres notes of
 * collations when they are made (Postgres manual, "ALTER COLLATION", section "Notes"). Collations
 * by bytes have no version, and never differ.
 */
public final class CollationVersions {

  private static final int NOTED_OF_DATABASES = 15;

  private static final String DATABASES =
      "SELECT datname FROM pg_catalog.pg_database WHERE datallowconn ORDER BY datname";

  // A version that is unknown on one side only counts as another one: some C libraries have none.
  private static final String OF_DATABASE =
      """
      SELECT pg_catalog.format('its collation is %s of version %s, here it is %s', d.datcollate,
        coalesce(d.datcollversion, 'unknown'),
        coalesce(pg_catalog.pg_database_collation_actual_version(d.oid), 'unknown'))
      FROM pg_catalog.pg_database d
      WHERE d.datname = pg_catalog.current_database()
        AND d.datcollversion IS DISTINCT FROM
          pg_catalog.pg_database_collation_actual_version(d.oid)
      """;

  // Postgres 14 notes none of databases.
  private static final String OF_OLD_DATABASE =
      """
      SELECT pg_catalog.format('its collation is %s, of no known version', d.datcollate)
      FROM pg_catalog.pg_database d
      WHERE d.datname = pg_catalog.current_database()
        AND d.datcollate NOT IN ('C', 'POSIX') AND d.datcollate NOT LIKE 'C.%'
      """;

  private static final String OF_INDEXES =
      """
      SELECT pg_catalog.format('%s has the collation %I of version %s, here it is %s',
        i.indexrelid::regclass, c.collname, coalesce(c.collversion, 'unknown'),
        coalesce(pg_catalog.pg_collation_actual_version(c.oid), 'unknown'))
      FROM pg_catalog.pg_index i
        CROSS JOIN LATERAL pg_catalog.unnest(i.indcollation::oid[]) AS used (id)
        JOIN pg_catalog.pg_collation c ON c.oid = used.id
      WHERE c.collprovider IN ('c', 'i')
        AND c.collversion IS DISTINCT FROM pg_catalog.pg_collation_actual_version(c.oid)
      ORDER BY 1
      LIMIT 1
      """;

  private CollationVersions() {}

  /**
   * The first difference that is found, in words; empty if there is none.
   *
   * @param server a server with a socket
   * @throws SQLException if the server refuses to say
   */
  public static Optional<String> firstDifference(Endpoint server) throws SQLException {
    for (String database : databases(server)) {
      try (Connection connection = LocalConnection.open(server, database)) {
        boolean noted = connection.getMetaData().getDatabaseMajorVersion() >= NOTED_OF_DATABASES;
        for (String query : List.of(noted ? OF_DATABASE : OF_OLD_DATABASE, OF_INDEXES)) {
          List<String> found = column(connection, query);
          if (!found.isEmpty()) {
            return Optional.of("in the SQL database " + database + ", " + found.get(0));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> databases(Endpoint server) throws SQLException {
    try (Connection connection = LocalConnection.open(server, "postgres")) {
      return column(connection, DATABASES);
    }
  }

  private static List<String> column(Connection connection, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
