package dev.bpg.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The command line of the server that was started last on a data folder, as it left it in {@code
 * postmaster.opts}: every argument in double quotes, with nothing escaped.
 */
public final class StartedOptions {

  private final String line;

  private StartedOptions(String line) {
    this.line = line;
  }

  /** Reads them; no server ran yet means none. */
  public static StartedOptions of(Path dataFolder) throws IOException {
    try {
      return new StartedOptions(Files.readString(dataFolder.resolve("postmaster.opts")));
    } catch (NoSuchFileException e) {
      return new StartedOptions("");
    }
  }

  /** Whether a setting was given this value, and no other one after it. */
  public boolean have(String name, String value) {
    int last = line.lastIndexOf("\"-c\" \"" + name + "=");
    return last >= 0 && line.startsWith("\"-c\" \"" + name + "=" + value + "\"", last);
  }
}
