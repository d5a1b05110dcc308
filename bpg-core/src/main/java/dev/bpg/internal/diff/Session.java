package dev.bpg.internal.diff;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * A connection with one snapshot for as long as it lives, in which values look the same whatever
 * the server's settings are. Used by one thread at a time, but for {@link #abort}.
 */
final class Session implements AutoCloseable {

  /** Rows that are read at once; those of hashes have about 100 bytes. */
  static final int FETCH_SIZE = 2000;

  // What the text of a value depends on, and what could end or slow down an honest session. The
  // path is empty, so that names in definitions are always qualified.
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("search_path", ""),
          Map.entry("extra_float_digits", "3"),
          Map.entry("bytea_output", "hex"),
          Map.entry("TimeZone", "UTC"),
          Map.entry("DateStyle", "ISO, YMD"),
          Map.entry("IntervalStyle", "postgres"),
          Map.entry("lc_monetary", "C"),
          Map.entry("xmloption", "content"),
          Map.entry("xmlbinary", "base64"),
          Map.entry("quote_all_identifiers", "off"),
          Map.entry("row_security", "off"),
          Map.entry("jit", "off"),
          Map.entry("idle_in_transaction_session_timeout", "0"),
          Map.entry("transaction_timeout", "0"));

  private final Connection connection;

  private Session(Connection connection) {
    this.connection = connection;
  }

  /** Takes over a connection, which is closed if this fails. */
  static Session on(Connection connection, Optional<Duration> statementTimeout)
      throws SQLException {
    Session session = new Session(connection);
    try {
      session.set(statementTimeout);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return session;
    } catch (SQLException | RuntimeException e) {
      try (connection) {
        throw e;
      }
    }
  }

  private void set(Optional<Duration> statementTimeout) throws SQLException {
    Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
    settings.put("statement_timeout", statementTimeout.map(Duration::toMillis).orElse(0L) + "ms");
    // Only what this version of Postgres has.
    String sql =
        """
        SELECT pg_catalog.set_config(name, value, false)
        FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[])) s (name, value)
        WHERE pg_catalog.current_setting(name, true) IS NOT NULL
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, array(settings.keySet()));
      statement.setArray(2, array(settings.values()));
      statement.executeQuery().close();
    }
  }

  private Array array(Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  /** Makes something of a row of a result. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows of a query. */
  <T> List<T> list(String sql, RowReader<T> reader) throws SQLException {
    List<T> list = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          list.add(reader.read(rows));
        }
      }
    }
    return list;
  }

  /** A statement on this connection, which the caller closes. */
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(FETCH_SIZE);
    return statement;
  }

  /** Ends what the server does for it, and the connection, while another thread waits for it. */
  void abort() throws SQLException {
    try {
      // The server would notice a closed connection only when it has something to send.
      if (connection.isWrapperFor(PGConnection.class)) {
        connection.unwrap(PGConnection.class).cancelQuery();
      }
    } finally {
      connection.abort(Runnable::run);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
