package dev.bpg.internal.postgres;

import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The rows that follow a {@code COPY … FROM STDIN} in a script: the lines below it, whatever they
 * look like, up to one that is {@code \.} alone or to the end of the script. Used by one thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, File Formats</a>
 */
final class CopyRows {

  private final ScriptInput input;
  private boolean atLineStart = true;
  private boolean ended;

  /**
   * Begins at the line below the statement whose semicolon was read.
   *
   * @throws RefusedException if something else follows on the statement's own line
   */
  CopyRows(ScriptInput input) throws IOException {
    this.input = input;
    long line = input.line();
    while (input.peek(0) != '\n' && SqlStatementReader.isSpace(input.peek(0))) {
      input.read();
    }
    boolean comment = input.peek(0) == '-' && input.peek(1) == '-';
    if (!comment && input.peek(0) != '\n' && input.peek(0) >= 0) {
      throw new RefusedException(
          "run",
          input.place(line),
          "something follows COPY … FROM STDIN on its line",
          "move it below the line \\. that ends the rows");
    }
    while (!input.readLine(ScriptInput.CHUNK)) {
      input.mark();
    }
  }

  /** The next bytes, good until the next call; null after the last. */
  @Nullable ByteBuffer next() throws IOException {
    input.mark();
    while (!ended && input.length() < ScriptInput.CHUNK) {
      ended = input.peek(0) < 0 || (atLineStart && isEnd());
      if (!ended) {
        atLineStart = input.readLine(ScriptInput.CHUNK - input.length());
      }
    }
    if (input.length() > 0) {
      return input.bytes();
    }
    // Only now: the line that ends the rows must not be among them.
    if (input.peek(0) >= 0) {
      input.readLine(4);
    }
    return null;
  }

  private boolean isEnd() throws IOException {
    if (input.peek(0) != '\\' || input.peek(1) != '.') {
      return false;
    }
    int after = input.peek(2) == '\r' ? 3 : 2;
    return input.peek(after) == '\n' || input.peek(after) < 0;
  }
}
