package dev.bpg.internal.postgres;

import dev.bpg.error.RefusedException;
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

  private StatementFailure() {}

  /**
   * The error for a failure: with Postgres' own words if it spoke, and the line that it points at.
   *
   * @throws SQLException the failure itself if it is the connection's and not the statement's
   */
  static RefusedException of(SQLException e, SqlStatement statement, ScriptInput input)
      throws SQLException {
    ServerErrorMessage server =
        e instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
    if (server == null || isShutdown(server)) {
      return ofDriver(e, statement, input);
    }
    boolean encoding = NOT_IN_ENCODING.equals(server.getSQLState());
    return new RefusedException(
        "run",
        input.place(statement.lineOf(server.getPosition())),
        inOneLine(server, statement.kind() == SqlStatement.Kind.COPY_IN),
        encoding ? "save the script as UTF-8" : "correct the script",
        e);
  }

  /** The driver gives up by itself when a script changes what it relies on, and says so. */
  private static RefusedException ofDriver(
      SQLException e, SqlStatement statement, ScriptInput input) throws SQLException {
    String message = String.valueOf(e.getMessage());
    String hint;
    if (message.contains("client_encoding")) {
      hint = "make the dump with pg_dump --encoding=UTF8";
    } else if (message.contains("DateStyle")) {
      hint = "use the ISO style of dates in the script";
    } else {
      throw e;
    }
    return new RefusedException("run", input.place(statement.line()), message, hint, e);
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
