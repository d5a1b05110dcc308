package dev.bpg.internal.postgres;

import dev.bpg.error.BpgException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A user's SQL script, such as a plain {@code pg_dump}, run as psql would with {@code
 * ON_ERROR_STOP}. It is read as it runs: what is held in memory is the statement at hand, or 64 KiB
 * of the rows of a COPY. Immutable; safe for use by several threads, each with a connection of its
 * own.
 */
public final class SqlScript {

  private final String name;
  private final @Nullable Path file;
  private final String text;
  private final LongConsumer read;

  private SqlScript(String name, @Nullable Path file, String text, LongConsumer read) {
    this.name = name;
    this.file = file;
    this.text = text;
    this.read = read;
  }

  /** A script that is at hand; messages call it {@code the SQL text}. */
  public static SqlScript ofText(String text) {
    return ofText("the SQL text", text);
  }

  /** A script that is at hand, under a name for messages. */
  public static SqlScript ofText(String name, String text) {
    return new SqlScript(name, null, text, bytes -> {});
  }

  /** A script in a UTF-8 file, which is opened anew by every run. */
  public static SqlScript ofFile(Path file) {
    return ofFile(file, bytes -> {});
  }

  /**
   * The same.
   *
   * @param read is told how many more bytes were read of it, while it runs
   */
  public static SqlScript ofFile(Path file, LongConsumer read) {
    return new SqlScript(file.toString(), file, "", read);
  }

  /**
   * Runs the script, each statement on its own unless the script itself says BEGIN. Results are
   * dropped. What ran before an error stays, as with psql; a transaction that is open at an error
   * is rolled back.
   *
   * <p>The session keeps what the script set (a dump empties its search path), so the connection is
   * of little use for anything else afterwards.
   *
   * @param connection a connection of the Postgres driver, in autocommit
   * @throws IllegalArgumentException if the connection is not in autocommit
   * @throws NotFoundException if the file is missing or must not be read
   * @throws RefusedException if it is not a script of SQL, uses a psql command, ends inside of a
   *     transaction, or Postgres refuses a statement; the subject names the line
   * @throws UnavailableException if the file or the connection fails on the way
   * @throws CancelledException if the thread is interrupted, which is looked at between statements
   *     and between 64 KiB of rows; the interrupt status is kept
   */
  public void run(Connection connection) {
    try (ScriptInput input = new ScriptInput(name, new CountedInput(open(), read));
        ScriptSession session = ScriptSession.on(connection, input)) {
      ScriptFormat.check(name, input);
      SqlStatementReader reader = new SqlStatementReader(input);
      SqlStatement statement;
      while ((statement = reader.next(session.standardStrings())) != null) {
        session.checkNotInterrupted(statement.line());
        session.run(statement);
      }
      session.checkNoTransaction();
    } catch (IOException e) {
      throw new UnavailableException(
          "run", name, "it cannot be read: " + e.getMessage(), "see to the file, run it again", e);
    } catch (SQLException e) {
      throw new UnavailableException(
          "run",
          name,
          "the connection failed: " + e.getMessage(),
          "see that the server runs, then run the script again on a fresh database",
          e);
    }
  }

  /**
   * Runs the script on a database that nobody has seen yet, over a connection of its own. Its
   * creation is made durable as a whole at its end, and undone if the machine crashes before, so no
   * statement waits for the disk.
   *
   * @throws SQLException if there is no connection
   * @see #run
   */
  public void runForNewDatabase(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET synchronous_commit = off");
      }
      run(connection);
    }
  }

  /** The bytes of the script, from their beginning. */
  InputStream open() throws IOException {
    if (file == null) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
    if (Files.isDirectory(file)) {
      throw new RefusedException(
          "run",
          name,
          "it is a folder",
          "name a file of SQL; pg_restore -f script.sql makes one of a dump in a folder");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw notFound("there is no such file", "correct the path", e);
    } catch (AccessDeniedException e) {
      throw notFound("this user must not read it", "give this user the right to read it", e);
    }
  }

  private BpgException notFound(String reason, String hint, IOException cause) {
    return new NotFoundException("run", name, reason, hint, cause);
  }

  /** The name that messages use. */
  @Override
  public String toString() {
    return name;
  }
}
