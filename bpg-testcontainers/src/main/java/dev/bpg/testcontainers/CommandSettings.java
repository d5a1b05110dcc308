package dev.bpg.testcontainers;

import dev.bpg.error.RefusedException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The server settings of a command such as {@code postgres -c max_connections=50}. */
final class CommandSettings {

  private CommandSettings() {}

  /**
   * Reads a command.
   *
   * @throws RefusedException if there is anything else in it
   */
  static Map<String, String> of(List<String> command) {
    Map<String, String> settings = new LinkedHashMap<>();
    Iterator<String> words = command.iterator();
    boolean first = true;
    while (words.hasNext()) {
      String word = words.next();
      if (first && word.equals("postgres")) {
        first = false;
        continue;
      }
      first = false;
      String setting = word.equals("-c") && words.hasNext() ? words.next() : "";
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new RefusedException(
            "use the command",
            String.join(" ", command),
            "a branch's server is started by bpg, which takes settings only",
            "write it like postgres -c max_connections=50");
      }
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return settings;
  }
}
