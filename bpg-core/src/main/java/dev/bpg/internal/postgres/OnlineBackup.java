package dev.bpg.internal.postgres;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.BranchName;
import dev.bpg.model.Lsn;
import dev.bpg.server.Endpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server in backup mode. Start and stop happen on one connection, as Postgres demands;
 * closing it without a stop makes the server give the backup up.
 *
 * @see <a href="https://www.postgresql.org/docs/current/continuous-archiving.html">Making a base
 *     backup using the low level API</a>
 */
public final class OnlineBackup implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OnlineBackup.class);

  // configuration_limit_exceeded: all are in use; object_not_in_prerequisite_state: the server is
  // set up without any. In the manual's appendix of error codes.
  private static final Set<String> NO_SLOT = Set.of("53400", "55000");

  private static final Pattern TIMELINE =
      Pattern.compile("^START TIMELINE: (\\d+)$", Pattern.MULTILINE);

  private final BranchName source;
  private final Endpoint server;
  private final KeptSessions sessions;
  private final Connection connection;
  private final boolean renamedFunctions;
  private final boolean holdsWal;
  private final String startLsn;
  private boolean stopped;

  private OnlineBackup(
      BranchName source,
      Endpoint server,
      KeptSessions sessions,
      Connection connection,
      boolean holdsWal,
      String label)
      throws SQLException {
    this.source = source;
    this.server = server;
    this.sessions = sessions;
    this.connection = connection;
    this.holdsWal = holdsWal;
    if (holdsWal) {
      holdWal(connection);
    }
    // Postgres 15 renamed the functions and dropped the exclusive mode.
    this.renamedFunctions = connection.getMetaData().getDatabaseMajorVersion() >= 15;
    this.startLsn = begin(label);
  }

  /**
   * Puts a server into backup mode, after a checkpoint done at full speed.
   *
   * @param source whose server it is, for messages
   * @param sessions where the session comes from, if there is one, and goes to afterwards
   * @param label a text that Postgres keeps with the backup
   * @param wal whether the server has to hold its WAL from here on, because it is going to be
   *     copied
   * @throws UnavailableException if Postgres refuses; its own message is the reason
   */
  public static OnlineBackup start(
      BranchName source, Endpoint server, KeptSessions sessions, String label, boolean wal) {
    try {
      return sessions.use(
          server, session -> new OnlineBackup(source, server, sessions, session, wal, label));
    } catch (SQLException e) {
      throw refused(source, e);
    }
  }

  private String begin(String label) throws SQLException {
    String call =
        renamedFunctions
            ? "SELECT pg_backup_start(?, true)"
            : "SELECT pg_start_backup(?, true, false)";
    try (PreparedStatement start = connection.prepareStatement(call)) {
      start.setString(1, label);
      try (ResultSet result = start.executeQuery()) {
        result.next();
        return result.getString(1);
      }
    }
  }

  // Every backup begins with a checkpoint, and a checkpoint removes what WAL nobody holds: without
  // this, of two backups at once the second takes the first one's WAL away. A temporary slot goes
  // with its connection, and Postgres drops those that it finds in a copy.
  private static void holdWal(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_create_physical_replication_slot("
              + "'bpg_backup_' || pg_backend_pid(), true, true)");
    } catch (SQLException e) {
      if (!NO_SLOT.contains(e.getSQLState())) {
        throw e;
      }
      // Then it may have to be done again: BackupClone notices if WAL was taken away.
      LOG.debug("a backup without a replication slot: {}", e.getMessage());
    }
  }

  /** Where in the WAL the backup began, as Postgres writes it: {@code 0/16B3748}. */
  public String startLsn() {
    return startLsn;
  }

  /**
   * Ends backup mode. Does not wait for an archive: the WAL is taken from the server's own folder.
   *
   * @throws UnavailableException if Postgres refuses, because it was restarted meanwhile for
   *     example
   */
  public BackupEnd stop() {
    String function = renamedFunctions ? "pg_backup_stop(false)" : "pg_stop_backup(false, false)";
    String call =
        "SELECT lsn, labelfile, spcmapfile, pg_size_bytes(current_setting('wal_segment_size'))"
            + " FROM "
            + function;
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(call)) {
      result.next();
      stopped = true;
      String stopLsn = result.getString(1);
      String label = result.getString(2);
      return new BackupEnd(
          label,
          result.getString(3),
          new WalSegments(result.getLong(4))
              .between(timeline(label), Lsn.parse(startLsn), Lsn.parse(stopLsn)),
          stopLsn);
    } catch (SQLException e) {
      throw refused(source, e);
    }
  }

  @Override
  public void close() {
    try {
      // A temporary slot goes with its session only.
      if (stopped && !holdsWal) {
        sessions.give(server, connection);
      } else {
        connection.close();
      }
    } catch (SQLException e) {
      throw refused(source, e);
    }
  }

  private static int timeline(String label) {
    Matcher line = TIMELINE.matcher(label);
    if (!line.find()) {
      throw new IllegalStateException("a backup label without its timeline: " + label);
    }
    return Integer.parseInt(line.group(1));
  }

  private static UnavailableException refused(BranchName source, SQLException e) {
    return new UnavailableException(
        "back up the running branch",
        source.toString(),
        String.valueOf(e.getMessage()),
        "stop it first and branch it while it is stopped: that needs no backup",
        e);
  }
}
