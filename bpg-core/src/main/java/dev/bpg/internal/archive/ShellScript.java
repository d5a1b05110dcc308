package dev.bpg.internal.archive;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.platform.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A script for the shell that Postgres starts commands with: dash, bash or busybox. */
final class ShellScript {

  // Postgres 14 and 15 cut commands off without a word at MAXPGPATH, after what %p and %f stand
  // for was put in: pg_wal/ and names of at most 40 characters.
  private static final int LONGEST_COMMAND = 1023 - 100;

  private ShellScript() {}

  /**
   * Replaces a script. Durable before it is in place: an empty one would archive nothing and report
   * success.
   */
  static void install(Path file, List<String> before, String resource, List<String> after)
      throws IOException {
    String text =
        "#!/bin/sh\n"
            + String.join("\n", before)
            + "\n"
            + read(resource)
            + "\n"
            + String.join("\n", after)
            + "\n";
    DurableFile.put(file, text.getBytes(StandardCharsets.UTF_8), "rw-r--r--");
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = ShellScript.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the resource " + resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * The command that runs a script, as a server setting. The shell is named, for a file system may
   * be mounted without the right to run programs.
   *
   * @param arguments with Postgres' placeholders
   * @throws RefusedException if the path is one that a setting cannot hold
   */
  static String command(Path script, String arguments) {
    String path = script.toString();
    if (path.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw refused(script, "its path has a line break, which no server setting can hold");
    }
    String command = "/bin/sh " + quoted(path).replace("%", "%%") + " " + arguments;
    if (command.getBytes(StandardCharsets.UTF_8).length > LONGEST_COMMAND) {
      throw refused(script, "its path is too long for a command of Postgres");
    }
    return command;
  }

  private static RefusedException refused(Path script, String reason) {
    return new RefusedException(
        "archive WAL in",
        script.getParent().toString().replaceAll("\\p{Cntrl}", "?"),
        reason,
        "set BPG_HOME to a folder with a short and plain path");
  }

  /** A text as one word of the shell. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
