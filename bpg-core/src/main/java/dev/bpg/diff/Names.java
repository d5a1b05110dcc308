package dev.bpg.diff;

import java.util.regex.Pattern;

/** Names as they are written in SQL. */
final class Names {

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

  private Names() {}

  static String qualified(String schema, String name) {
    return quoted(schema) + "." + quoted(name);
  }

  // Key words stay as they are: this is for readers.
  private static String quoted(String name) {
    return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
