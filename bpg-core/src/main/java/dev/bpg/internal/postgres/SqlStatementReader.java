package dev.bpg.internal.postgres;

import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a script apart into statements by the rules of psql: a semicolon ends a statement unless it
 * is quoted, commented out, in parentheses or in the body of a SQL-standard function. What follows
 * the last semicolon is a statement too, even with a quote left open: Postgres says then what is
 * wrong with it. Empty statements and comments between statements are passed over. Used by one
 * thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical
 *     structure</a>
 */
final class SqlStatementReader {

  /** Written around a dump by pg_dump since August 2025, to keep psql from other commands. */
  private static final Set<String> HARMLESS_COMMANDS = Set.of("restrict", "unrestrict");

  private final ScriptInput input;
  private final QuoteReader quotes;

  SqlStatementReader(ScriptInput input) {
    this.input = input;
    this.quotes = new QuoteReader(input);
  }

  /**
   * The next statement.
   *
   * @param standardStrings the session's {@code standard_conforming_strings}: whether a backslash
   *     in a plain string is only a backslash
   * @return null at the end of the script
   * @throws RefusedException if there is a psql command, or the statement is not UTF-8 text
   */
  @Nullable SqlStatement next(boolean standardStrings) throws IOException {
    skipToStatement();
    input.mark();
    if (input.peek(0) < 0) {
      return null;
    }
    StatementShape shape = new StatementShape();
    while (true) {
      int next = input.peek(0);
      if (next < 0 || (next == ';' && shape.mayEnd())) {
        SqlStatement statement = new SqlStatement(input.text(), input.markedLine(), shape.kind());
        input.read();
        return statement;
      }
      readToken(next, shape, standardStrings);
    }
  }

  private void skipToStatement() throws IOException {
    while (true) {
      // Keeps a long comment from being kept.
      input.mark();
      int next = input.peek(0);
      if (isSpace(next) || next == ';') {
        input.read();
      } else if (next == '\\') {
        command(true);
      } else if (!quotes.readComment()) {
        return;
      }
    }
  }

  private void readToken(int next, StatementShape shape, boolean standardStrings)
      throws IOException {
    if (quotes.readComment()) {
      return;
    }
    switch (next) {
      case '\'' -> quotes.readString(!standardStrings);
      case '"' -> quotes.readIdentifier();
      case '$' -> quotes.readDollarQuote();
      case '\\' -> command(false);
      case '(' -> {
        shape.open();
        input.read();
      }
      case ')' -> {
        shape.close();
        input.read();
      }
      default -> {
        if (isWordStart(next)) {
          readWord(shape);
        } else {
          input.read();
        }
      }
    }
  }

  private void readWord(StatementShape shape) throws IOException {
    StringBuilder word = new StringBuilder();
    while (isWordPart(input.peek(0))) {
      int next = input.read();
      word.append((char) (next >= 'A' && next <= 'Z' ? next + ('a' - 'A') : next));
    }
    String text = word.toString();
    if (input.peek(0) == '\'' && text.equals("e")) {
      quotes.readString(true);
    } else if (input.peek(0) == '\'' && (text.equals("b") || text.equals("x"))) {
      quotes.readString(false);
    } else if (input.peek(0) == '&' && input.peek(1) == '\'' && text.equals("u")) {
      input.read();
      quotes.readString(false);
    } else {
      shape.word(text);
    }
  }

  private void command(boolean betweenStatements) throws IOException {
    long line = input.line();
    StringBuilder command = new StringBuilder().append((char) input.read());
    while (input.peek(0) > ' ' && input.peek(0) < 0x7F) {
      command.append((char) input.read());
    }
    if (betweenStatements && HARMLESS_COMMANDS.contains(command.substring(1))) {
      while (!input.readLine(ScriptInput.CHUNK)) {
        input.mark();
      }
      return;
    }
    throw new RefusedException(
        "run",
        input.place(line),
        "it uses the psql command " + command + ", which needs psql",
        "remove that line, or use pg_dump without it");
  }

  static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Whether a name may begin so; bytes of characters beyond ASCII may. */
  static boolean isWordStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean isWordPart(int c) {
    return isWordStart(c) || (c >= '0' && c <= '9') || c == '$';
  }
}
