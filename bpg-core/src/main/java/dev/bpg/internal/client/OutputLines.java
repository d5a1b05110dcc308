package dev.bpg.internal.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of a file that a program still writes to. Of them it keeps the last that matter. */
final class OutputLines implements Closeable {

  private static final int LINES = 20;
  private static final int LONGEST_LINE = 1000;

  private final Path file;
  private final Consumer<String> listener;
  private final Pattern chatter;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private final Deque<String> kept = new ArrayDeque<>();
  private @Nullable InputStream input;

  OutputLines(String program, Path file, Consumer<String> listener) {
    this.file = file;
    this.listener = listener;
    this.chatter =
        Pattern.compile(program + ": (?!error|warning|detail|hint|fatal).*|\\s*\\d+/\\d+ kB.*");
  }

  void open() throws IOException {
    input = Files.newInputStream(file);
  }

  /** Reads what is there by now. */
  void read() throws IOException {
    byte[] buffer = new byte[8192];
    int length;
    while (input != null && (length = input.read(buffer)) > 0) {
      for (int i = 0; i < length; i++) {
        // pg_basebackup ends what it replaces itself by a carriage return.
        if (buffer[i] == '\n' || buffer[i] == '\r') {
          end();
        } else if (begun.size() < LONGEST_LINE) {
          begun.write(buffer[i]);
        }
      }
    }
  }

  private void end() {
    String line = begun.toString(StandardCharsets.UTF_8);
    begun.reset();
    listener.accept(line);
    if (line.isBlank() || chatter.matcher(line).matches()) {
      return;
    }
    kept.addLast(line);
    if (kept.size() > LINES) {
      kept.removeFirst();
    }
  }

  /** The last lines that are not said in passing. */
  String last() {
    if (begun.size() > 0) {
      end();
    }
    return String.join("\n", kept);
  }

  @Override
  public void close() throws IOException {
    if (input != null) {
      input.close();
    }
  }
}
