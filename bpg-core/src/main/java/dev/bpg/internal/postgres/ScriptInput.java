package dev.bpg.internal.postgres;

import dev.bpg.error.RefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a script, with a place in them, the line of that place, and a mark behind which
 * nothing is kept. Whatever means something in SQL is ASCII, and UTF-8 never hides ASCII inside of
 * another character, so a script is read as bytes and only whole statements become text. Used by
 * one thread.
 */
final class ScriptInput implements Closeable {

  /** How many bytes are asked of the file at once. */
  static final int CHUNK = 1 << 16;

  private static final int LONGEST = 1 << 30;

  private final String name;
  private final InputStream source;
  private byte[] buffer = new byte[CHUNK];
  private int mark;
  private int position;
  private int limit;
  private long line = 1;
  private long markedLine = 1;

  /**
   * Begins at a script's first character; a UTF-8 byte order mark is passed over.
   *
   * @param name what the script is called in messages
   */
  ScriptInput(String name, InputStream source) throws IOException {
    this.name = name;
    this.source = source;
    if (peek(0) == 0xEF && peek(1) == 0xBB && peek(2) == 0xBF) {
      position = 3;
      mark();
    }
  }

  /** The byte at a distance from the next one, which is not read by this; -1 after the end. */
  int peek(int ahead) throws IOException {
    while (position + ahead >= limit) {
      if (!fill()) {
        return -1;
      }
    }
    return buffer[position + ahead] & 0xFF;
  }

  /** The next byte, or -1 after the end. */
  int read() throws IOException {
    int next = peek(0);
    if (next >= 0) {
      position++;
      if (next == '\n') {
        line++;
      }
    }
    return next;
  }

  /** Reads a number of bytes that have been looked at. */
  void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      read();
    }
  }

  /**
   * Reads to behind the end of the line, but no more than a number of bytes.
   *
   * @return whether the end of the line was reached
   */
  boolean readLine(int most) throws IOException {
    for (int i = 0; i < most; i++) {
      int next = read();
      if (next == '\n' || next < 0) {
        return true;
      }
    }
    return false;
  }

  /** Lets go of everything that was read. */
  void mark() {
    mark = position;
    markedLine = line;
  }

  /** How many bytes were read since the mark. */
  int length() {
    return position - mark;
  }

  /** Whether what was read since the mark ends so. */
  boolean endsWith(byte[] end) {
    return length() >= end.length
        && Arrays.equals(buffer, position - end.length, position, end, 0, end.length);
  }

  /**
   * What was read since the mark, without a copy: from its array's position on, good until the next
   * call.
   */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(buffer, mark, length());
  }

  /**
   * What was read since the mark, as text.
   *
   * @throws RefusedException if it is not UTF-8 text
   */
  String text() {
    ByteBuffer in = bytes();
    CharBuffer out = CharBuffer.allocate(length());
    boolean damaged = StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError();
    String text = out.flip().toString();
    if (damaged || text.indexOf('\0') >= 0) {
      String good = damaged ? text : text.substring(0, text.indexOf('\0'));
      throw new RefusedException(
          "run",
          place(markedLine + good.chars().filter(c -> c == '\n').count()),
          "it is not UTF-8 text there",
          "save the script as UTF-8; make a dump with pg_dump --encoding=UTF8");
    }
    return text;
  }

  /** The line of the next byte; the first is 1. */
  long line() {
    return line;
  }

  /** The line of the mark. */
  long markedLine() {
    return markedLine;
  }

  /** A line of this script, as messages name it. */
  String place(long someLine) {
    return name + ":" + someLine;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private boolean fill() throws IOException {
    if (mark > 0) {
      System.arraycopy(buffer, mark, buffer, 0, limit - mark);
      position -= mark;
      limit -= mark;
      mark = 0;
    }
    if (limit == buffer.length) {
      if (limit >= LONGEST) {
        throw new RefusedException(
            "run",
            place(markedLine),
            "the statement is longer than 1 GiB, which Postgres does not take",
            "make it several statements, or look for a quote that is not closed");
      }
      buffer = Arrays.copyOf(buffer, limit * 2);
    }
    int count = source.read(buffer, limit, Math.min(CHUNK, buffer.length - limit));
    limit += Math.max(count, 0);
    return count > 0;
  }
}
