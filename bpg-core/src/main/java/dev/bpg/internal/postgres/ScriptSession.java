package dev.bpg.internal.postgres;

import dev.bpg.error.CancelledException;
import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A connection while a script runs over it, made to send statements as psql does: one simple query
 * message each, unchanged. Closing it puts the connection back and rolls back what the script left
 * open. Used by one thread.
 */
final class ScriptSession implements AutoCloseable {

  private final BaseConnection connection;
  private final ScriptInput input;
  private final PreferQueryMode modeBefore;
  private long lastLine = 1;

  private ScriptSession(BaseConnection connection, ScriptInput input) {
    this.connection = connection;
    this.input = input;
    this.modeBefore = connection.getQueryExecutor().getPreferQueryMode();
    // In any other mode the driver looks for statements within a statement, by rules of its own.
    connection.getQueryExecutor().setPreferQueryMode(PreferQueryMode.SIMPLE);
  }

  /** Takes over a connection, which has to be in autocommit. */
  static ScriptSession on(Connection connection, ScriptInput input) throws SQLException {
    if (!connection.getAutoCommit()) {
      throw new IllegalArgumentException("a script needs a connection in autocommit");
    }
    return new ScriptSession(connection.unwrap(BaseConnection.class), input);
  }

  /** Whether a backslash in a plain string is only a backslash, as of now. */
  boolean standardStrings() {
    return connection.getStandardConformingStrings();
  }

  /**
   * Runs a statement, with the rows that follow it in the script if it is a COPY.
   *
   * @throws RefusedException if Postgres refuses it
   * @throws dev.bpg.error.UnavailableException if the connection fails
   */
  void run(SqlStatement statement) throws IOException {
    lastLine = statement.line();
    try {
      switch (statement.kind()) {
        case QUERY -> query(statement.text());
        case COPY_IN -> copyIn(statement);
        case COPY_OUT -> copyOut(statement.text());
      }
    } catch (SQLException e) {
      throw StatementFailure.of(e, statement, input);
    }
  }

  private void query(String text) throws SQLException {
    try (BaseStatement call = connection.createStatement().unwrap(BaseStatement.class)) {
      call.setEscapeProcessing(false);
      call.executeWithFlags(text, QueryExecutor.QUERY_NO_RESULTS);
    }
  }

  private void copyIn(SqlStatement statement) throws SQLException, IOException {
    CopyIn copy = new CopyManager(connection).copyIn(statement.text());
    try {
      CopyRows rows = new CopyRows(input);
      ByteBuffer bytes;
      while ((bytes = rows.next()) != null) {
        checkNotInterrupted(statement.line());
        copy.writeToCopy(bytes.array(), bytes.position(), bytes.remaining());
      }
      copy.endCopy();
    } catch (SQLException | IOException | RuntimeException e) {
      cancel(copy, e);
      throw e;
    }
  }

  private static void cancel(CopyIn copy, Exception first) {
    if (!copy.isActive()) {
      return;
    }
    try {
      copy.cancelCopy();
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
  }

  private void copyOut(String text) throws SQLException {
    CopyOut copy = new CopyManager(connection).copyOut(text);
    while (copy.readFromCopy() != null) {
      // Rows that psql would print.
    }
  }

  /** Ends the run if the thread was interrupted. */
  void checkNotInterrupted(long line) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException(
          "run",
          input.place(line),
          "the thread was interrupted; the statements before this one were run",
          "run the script again on a fresh database");
    }
  }

  /** Ends the run if the script said BEGIN but neither COMMIT nor ROLLBACK. */
  void checkNoTransaction() {
    if (connection.getTransactionState() != TransactionState.IDLE) {
      throw new RefusedException(
          "run",
          input.place(lastLine),
          "the script ends inside of a transaction, which was rolled back",
          "add COMMIT at its end");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.getQueryExecutor().setPreferQueryMode(modeBefore);
    if (!connection.isClosed() && connection.getTransactionState() != TransactionState.IDLE) {
      query("ROLLBACK");
    }
  }
}
