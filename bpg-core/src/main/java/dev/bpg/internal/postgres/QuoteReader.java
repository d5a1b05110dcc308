package dev.bpg.internal.postgres;

import java.io.IOException;

/**
 * Reads what hides a semicolon: strings, quoted names, dollar quotes and comments. Each method
 * stops behind the end of what it reads, or at the end of the script. Used by one thread.
 */
final class QuoteReader {

  private final ScriptInput input;

  QuoteReader(ScriptInput input) {
    this.input = input;
  }

  /**
   * Reads a string, the opening quote being next.
   *
   * @param backslashes whether a backslash takes its meaning from the next character
   */
  void readString(boolean backslashes) throws IOException {
    do {
      input.read();
      int next = input.read();
      while (next >= 0 && next != '\'') {
        if (next == '\\' && backslashes) {
          input.read();
        }
        next = input.read();
      }
    } while (goesOn());
  }

  /**
   * Moves to the quote with which a string goes on, if it does: after a doubled quote, or on a line
   * below. It is still of the same kind there: {@code E'a'}, a new line, and {@code 'b\'c'}.
   */
  private boolean goesOn() throws IOException {
    int ahead = 0;
    boolean newLine = false;
    int next = input.peek(0);
    if (next == '\'') {
      return true;
    }
    while (SqlStatementReader.isSpace(next) || isLineComment(ahead)) {
      newLine |= isLineEnd(next);
      ahead = next == '-' ? lineEnd(ahead) : ahead + 1;
      next = input.peek(ahead);
    }
    if (next != '\'' || !newLine) {
      return false;
    }
    input.skip(ahead);
    return true;
  }

  /** Reads a quoted name, the opening quote being next; a doubled quote reads as two names. */
  void readIdentifier() throws IOException {
    input.read();
    int next = input.read();
    while (next >= 0 && next != '"') {
      next = input.read();
    }
  }

  /** Reads a dollar-quoted text, or only the dollar that is next if it does not begin one. */
  void readDollarQuote() throws IOException {
    int length = 1;
    while (isTagPart(input.peek(length), length == 1)) {
      length++;
    }
    if (input.peek(length) != '$') {
      input.read();
      return;
    }
    byte[] tag = new byte[length + 1];
    for (int i = 0; i < tag.length; i++) {
      tag[i] = (byte) input.read();
    }
    int begin = input.length();
    int next;
    do {
      next = input.read();
    } while (next >= 0
        && !(next == '$' && input.length() - begin >= tag.length && input.endsWith(tag)));
  }

  /**
   * Reads a comment if one is next: to the end of the line, or nested to any depth.
   *
   * @return whether there was one
   */
  boolean readComment() throws IOException {
    if (isLineComment(0)) {
      input.skip(lineEnd(0));
      return true;
    }
    if (input.peek(0) != '/' || input.peek(1) != '*') {
      return false;
    }
    int depth = 0;
    do {
      int next = input.read();
      if (next < 0) {
        return true;
      } else if (next == '/' && input.peek(0) == '*') {
        depth++;
        input.read();
      } else if (next == '*' && input.peek(0) == '/') {
        depth--;
        input.read();
      }
    } while (depth > 0);
    return true;
  }

  private boolean isLineComment(int ahead) throws IOException {
    return input.peek(ahead) == '-' && input.peek(ahead + 1) == '-';
  }

  private int lineEnd(int from) throws IOException {
    int ahead = from;
    while (input.peek(ahead) >= 0 && !isLineEnd(input.peek(ahead))) {
      ahead++;
    }
    return ahead;
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isTagPart(int c, boolean first) {
    return SqlStatementReader.isWordStart(c) || (!first && c >= '0' && c <= '9');
  }
}
