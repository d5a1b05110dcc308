package dev.bpg.model;

import dev.bpg.error.RefusedException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings of a Postgres server, such as {@code work_mem}, as {@code postgresql.conf} names them.
 *
 * <p>Names are {@code [A-Za-z_][A-Za-z0-9_.]*} and, as in Postgres, not case-sensitive: they are
 * kept in lower case. Values are Postgres' own business, apart from NUL and line breaks, which no
 * server setting can hold. Settings by which bpg itself reaches a server are refused. Immutable.
 *
 * @param values the values by name, in the order of the names
 */
public record ServerSettings(Map<String, String> values) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

  private static final ServerSettings NONE = new ServerSettings(Map.of());

  private static final String FOLDERS =
      "leave it out: bpg keeps these files in the branch's volume";

  private static final String SOCKET = "leave it out and ask the branch for its address";

  private static final String LOG = "leave it out: bpg keeps each server's log by itself";

  /** The settings that bpg manages, and what to do instead of setting them. */
  private static final Map<String, String> RESERVED =
      Map.ofEntries(
          Map.entry("port", "leave it out and ask the branch for its port"),
          Map.entry("listen_addresses", "leave it out: servers listen on 127.0.0.1 only"),
          Map.entry("unix_socket_directories", SOCKET),
          Map.entry("unix_socket_permissions", SOCKET),
          Map.entry("data_directory", FOLDERS),
          Map.entry("config_file", FOLDERS),
          Map.entry("hba_file", FOLDERS),
          Map.entry("ident_file", FOLDERS),
          Map.entry("external_pid_file", FOLDERS),
          Map.entry("logging_collector", LOG),
          Map.entry("log_destination", LOG));

  /**
   * Checks, normalises and copies.
   *
   * @throws RefusedException if a name or a value breaks the rule, a name is there twice in
   *     different case, or a setting is one that bpg manages
   */
  public ServerSettings {
    SortedMap<String, String> checked = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (checked.put(checkName(name), checkValue(name, value)) != null) {
            throw refused(name, "it is given twice", "keep one of the two; case does not matter");
          }
        });
    values = Collections.unmodifiableSortedMap(checked);
  }

  /** No settings: the server's own defaults. */
  public static ServerSettings none() {
    return NONE;
  }

  /**
   * These settings and one more, which replaces an earlier one of the same name.
   *
   * @throws RefusedException if the name or the value breaks the rule, or bpg manages it
   */
  public ServerSettings with(String name, String value) {
    return merge(new ServerSettings(Map.of(name, value)));
  }

  /** These settings and others; where both have one, the other's value wins. */
  public ServerSettings merge(ServerSettings other) {
    SortedMap<String, String> merged = new TreeMap<>(values);
    merged.putAll(other.values);
    return new ServerSettings(merged);
  }

  private static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      // A hostile name must not break a log line.
      throw refused(
          name.replaceAll("\\p{Cntrl}", "?"),
          "its name has a character outside a-z A-Z 0-9 _ . or begins with a digit or a dot",
          "use the name that postgresql.conf uses, such as work_mem");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String instead = RESERVED.get(lower);
    if (instead != null) {
      throw refused(lower, "bpg manages this setting itself", instead);
    }
    return lower;
  }

  private static String checkValue(String name, String value) {
    if (value.chars().anyMatch(c -> c == 0 || c == '\n' || c == '\r')) {
      throw refused(name, "its value has a NUL or a line break", "write the value on one line");
    }
    return value;
  }

  private static RefusedException refused(String name, String reason, String hint) {
    return new RefusedException("use the server setting", name, reason, hint);
  }
}
