package dev.bpg.internal.postgres;

/**
 * A position in the WAL.
 *
 * @param value the number of bytes from its beginning
 */
record Lsn(long value) {

  /** Parses Postgres' notation: two hexadecimal halves of 32 bits, {@code 0/16B3748}. */
  static Lsn parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not an LSN: " + text);
    }
    long high = Long.parseLong(text, 0, slash, 16);
    long low = Long.parseLong(text, slash + 1, text.length(), 16);
    return new Lsn(high << 32 | low);
  }
}
