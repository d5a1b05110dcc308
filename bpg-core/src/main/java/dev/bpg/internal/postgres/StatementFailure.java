package dev.bpg.internal.postgres;

import dev.bpg.error.BpgException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.sql.SQLException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failed statement of a script means to its author. */
final class StatementFailure {

  private static final int LONGEST_PART = 300;
  private static final String SHUTDOWN = "57P0";
  private static final String NOT_IN_ENCODING = "22021";
  private static final String DISK_FULL = "53100";

  private StatementFailure() {}

  /**
   * The error for a failure: with Postgres' own words if it spoke, and the line that it points at.
   * Unavailable if the failure is the connection's or the disk's, and not the statement's.
   */
  static BpgException of(SQLException e, SqlStatement statement, ScriptInput input) {
    ServerErrorMessage server =
        e instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
    if (server == null || isShutdown(server)) {
      return ofConnection(e, input.place(statement.line()));
    }
    String place = input.place(statement.lineOf(server.getPosition()));
    String words = inOneLine(server, statement.kind() == SqlStatement.Kind.COPY_IN);
    if (DISK_FULL.equals(server.getSQLState())) {
      return new UnavailableException(
          "run",
          place,
          words,
          "free some space on the file system of storage.path, then run the script again",
          e);
    }
    boolean encoding = NOT_IN_ENCODING.equals(server.getSQLState());
    return new RefusedException(
        "run", place, words, encoding ? "save the script as UTF-8" : "correct the script", e);
  }

  private static BpgException ofConnection(SQLException e, String place) {
    String message = String.valueOf(e.getMessage());
    // The driver gives up by itself when a script changes what it relies on, and says so.
    if (message.contains("client_encoding")) {
      return new RefusedException(
          "run", place, message, "make the dump with pg_dump --encoding=UTF8", e);
    }
    if (message.contains("DateStyle")) {
      return new RefusedException(
          "run", place, message, "use the ISO style of dates in the script", e);
    }
    return new UnavailableException(
        "run",
        place,
        "the connection failed: " + message,
        "see that the server runs, then run the script again on a fresh database",
        e);
  }

  private static String inOneLine(ServerErrorMessage server, boolean rows) {
    StringJoiner line = new StringJoiner("; ");
    add(line, server.getSeverity() + ": ", server.getMessage());
    add(line, "detail: ", server.getDetail());
    add(line, "hint: ", server.getHint());
    if (rows) {
      // The only word of which row it is.
      add(line, "at ", server.getWhere());
    }
    return line.toString();
  }

  private static void add(StringJoiner line, String label, @Nullable String part) {
    if (part == null) {
      return;
    }
    String flat = part.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    // Of a quote that is not closed, Postgres quotes the rest of the statement.
    boolean tooLong = flat.codePointCount(0, flat.length()) > LONGEST_PART;
    line.add(
        label
            + (tooLong ? flat.substring(0, flat.offsetByCodePoints(0, LONGEST_PART)) + "…" : flat));
  }

  private static boolean isShutdown(ServerErrorMessage server) {
    return String.valueOf(server.getSQLState()).startsWith(SHUTDOWN);
  }
}
