package dev.bpg.internal.postgres;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * By what it is seen that nothing was written to a server: no transaction has taken an id, it was
 * not restarted, and the files that change without one are the same. What checkpoints, vacuum and
 * pruning write needs no id and changes nothing that anybody could read: Postgres manual,
 * "Transactions and Identifiers". The numbers that an {@code UNLOGGED} sequence gives out leave no
 * trace, so a cluster that has anything unlogged has none at all; nor has one into which somebody
 * else than the superuser can log in, who could come back.
 *
 * @param nextTransaction the id that the next transaction that writes gets
 * @param started when it was started
 * @param files the configuration files and replication slots, each with its state
 * @param next where the next record of the write-ahead log goes
 */
public record WriteTrace(
    long nextTransaction, String started, Map<String, String> files, NextWalRecord next) {

  // Replication slots and ALTER SYSTEM need no transaction id.
  private static final String SLOTS = "pg_replslot";
  private static final String INIT_FORK = "_init";

  // Ids are those that completed, so nothing may be under way that has one: neither a session's
  // transaction nor one that was prepared.
  private static final String QUERY =
      """
      SELECT pg_snapshot_xmax(now)::text, pg_postmaster_start_time()::text,
             pg_snapshot_xmin(now) = pg_snapshot_xmax(now)
               AND NOT EXISTS (SELECT FROM pg_prepared_xacts)
               AND NOT EXISTS (SELECT FROM pg_authid
                                WHERE rolcanlogin AND rolpassword IS NOT NULL
                                  AND rolname <> current_user),
             next - '0/0', wal.file_name, wal.file_offset
        FROM pg_current_snapshot() AS now,
             pg_current_wal_insert_lsn() AS next,
             pg_walfile_name_offset(next) AS wal
      """;

  /**
   * Looks at a server; empty if nothing can be told of it.
   *
   * @param superuser a session of the superuser
   */
  public static Optional<WriteTrace> of(Connection superuser, Path data)
      throws IOException, SQLException {
    return hasUnlogged(data) ? Optional.empty() : read(superuser, data);
  }

  /**
   * Ends all other sessions and looks again; empty if something was written meanwhile.
   *
   * @param superuser a session of the superuser
   * @param own how many transactions wrote in the library's own name
   */
  public Optional<WriteTrace> afterSessions(Connection superuser, Path data, int own)
      throws IOException, SQLException {
    return ClientSessions.endOthers(superuser)
        ? read(superuser, data).filter(now -> isUnchanged(now, own))
        : Optional.empty();
  }

  private boolean isUnchanged(WriteTrace now, int own) {
    return now.nextTransaction == nextTransaction + own
        && now.started.equals(started)
        && now.files.equals(files);
  }

  /**
   * Whether something was written for certain, seen without the server. It is not always seen: what
   * was rolled back, or did not wait for the disk, may be in the server's memory yet.
   */
  public boolean isOvertaken(Path data) {
    return next.isFollowedBy(nextTransaction, data);
  }

  private static Optional<WriteTrace> read(Connection superuser, Path data)
      throws IOException, SQLException {
    try (Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      return row.getBoolean(3)
          ? Optional.of(
              new WriteTrace(
                  row.getLong(1),
                  row.getString(2),
                  files(data),
                  new NextWalRecord(row.getLong(4), row.getString(5), row.getInt(6))))
          : Optional.empty();
    }
  }

  private static Map<String, String> files(Path data) throws IOException {
    Map<String, String> states = new TreeMap<>();
    try (Stream<Path> root = Files.list(data);
        Stream<Path> slots = Files.list(data.resolve(SLOTS))) {
      for (Path file : root.filter(path -> path.toString().endsWith(".conf")).toList()) {
        states.put(
            file.getFileName().toString(),
            Files.size(file) + " " + Files.getLastModifiedTime(file) + " " + inode(file));
      }
      slots.forEach(slot -> states.put(SLOTS + "/" + slot.getFileName(), ""));
    }
    return states;
  }

  private static String inode(Path file) throws IOException {
    return String.valueOf(Files.getAttribute(file, "unix:ino"));
  }

  // Each unlogged relation has an init fork: Postgres manual, "Database File Layout".
  // By their names alone: to look at each of a thousand files takes longer than all the rest.
  private static boolean hasUnlogged(Path data) throws IOException {
    try (DirectoryStream<Path> databases =
        Files.newDirectoryStream(data.resolve("base"), Files::isDirectory)) {
      for (Path database : databases) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(database, "*" + INIT_FORK)) {
          if (found.iterator().hasNext()) {
            return true;
          }
        }
      }
      return false;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
