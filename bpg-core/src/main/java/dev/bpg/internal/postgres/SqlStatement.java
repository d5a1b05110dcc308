package dev.bpg.internal.postgres;

/**
 * One statement of a script.
 *
 * @param text its SQL, without the semicolon that ends it
 * @param line the line of its first character; the script's first is 1
 * @param kind how it has to be sent
 */
record SqlStatement(String text, long line, Kind kind) {

  /** How a statement has to be sent. */
  enum Kind {
    /** As a query whose results are of no interest. */
    QUERY,
    /** As a {@code COPY … FROM STDIN}, whose rows follow in the script. */
    COPY_IN,
    /** As a {@code COPY … TO STDOUT}, whose rows are of no interest. */
    COPY_OUT
  }

  /**
   * The line on which a character of this statement is.
   *
   * @param character its number as Postgres counts: in code points, from 1
   */
  long lineOf(int character) {
    int points = Math.min(Math.max(character - 1, 0), text.codePointCount(0, text.length()));
    String before = text.substring(0, text.offsetByCodePoints(0, points));
    return line + before.chars().filter(c -> c == '\n').count();
  }
}
