package dev.bpg.internal.diff;

import dev.bpg.diff.DiffOptions;
import dev.bpg.error.BpgException;
import dev.bpg.error.BusyException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.sql.SQLException;
import java.util.Set;

/** What a failed statement means to whoever compares. SQLSTATEs: the manual's appendix A. */
final class Failures {

  private static final String OPERATION = "compare";

  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String QUERY_CANCELED = "57014";
  private static final String NO_PRIVILEGE = "42501";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  // An object, schema, function, column or type that was there a moment ago.
  private static final Set<String> GONE = Set.of("42P01", "3F000", "42883", "42703", "42704");

  private final String subject;
  private final String database;
  private final DiffOptions options;

  Failures(Both<Side> sides, String database, DiffOptions options) {
    this.subject = sides.after().name() + " with " + sides.before().name();
    this.database = database;
    this.options = options;
  }

  /** The error for an interruption. */
  CancelledException cancelled(InterruptedException cause) {
    return new CancelledException(
        OPERATION,
        subject,
        "the thread was interrupted",
        "call it again if it is still wanted",
        cause);
  }

  /** The error for a failure. */
  BpgException of(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String message = String.valueOf(e.getMessage());
    if (state.equals(NO_SUCH_DATABASE)) {
      return new NotFoundException(
          OPERATION,
          subject,
          "there is no database " + database + " in one of them",
          "name a database that both have",
          e);
    }
    if (state.equals(QUERY_CANCELED) && options.statementTimeout().isPresent()) {
      return new BusyException(
          OPERATION,
          subject,
          "a statement took longer than " + options.statementTimeout().get(),
          "allow more time with DiffOptions.statementTimeout",
          e);
    }
    if (state.equals(LOCK_NOT_AVAILABLE)) {
      return new BusyException(
          OPERATION, subject, message, "end the transaction that holds the lock", e);
    }
    if (GONE.contains(state) || message.contains("cache lookup failed")) {
      return new BusyException(
          OPERATION,
          subject,
          "a schema was changed meanwhile: " + message,
          "compare again when nobody changes the schema",
          e);
    }
    if (state.equals(NO_PRIVILEGE)) {
      return new RefusedException(OPERATION, subject, message, "compare as a superuser", e);
    }
    boolean connection = state.startsWith("08") || state.startsWith("57P");
    return new UnavailableException(
        OPERATION,
        subject,
        connection ? "the connection failed: " + message : message,
        connection
            ? "see that both servers run and take connections, then compare again"
            : "mend what Postgres reports and compare again",
        e);
  }
}
