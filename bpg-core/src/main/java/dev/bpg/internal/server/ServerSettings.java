package dev.bpg.internal.server;

import dev.bpg.error.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The command line of a server: its settings there beat every file in the data folder. */
public final class ServerSettings {

  /** Settings that the runtime sets itself: where a server listens, who may enter, its log. */
  public static final Set<String> RESERVED =
      Set.of(
          "config_file",
          "data_directory",
          "external_pid_file",
          "hba_file",
          "ident_file",
          "listen_addresses",
          "log_destination",
          "logging_collector",
          "port",
          "unix_socket_directories",
          "unix_socket_group",
          "unix_socket_permissions");

  private ServerSettings() {}

  /**
   * Checks what a caller asks for.
   *
   * @throws RefusedException if a setting is reserved
   */
  public static void check(Map<String, String> wanted) {
    for (String name : wanted.keySet()) {
      if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
        throw new RefusedException(
            "set", "the server setting " + name, "bpg sets it itself", "leave it out");
      }
      if (!name.matches("[A-Za-z_][A-Za-z0-9_.$]*")) {
        throw new RefusedException(
            "set",
            "the server setting " + name,
            "this is no name of a setting",
            "use a name from the Postgres manual");
      }
    }
  }

  /**
   * The arguments of {@code postgres}.
   *
   * @param wanted what the caller asks for, checked
   * @param places where the server finds and puts things, as it sees them itself
   * @param listen the addresses to listen on
   * @param port the port to listen on
   */
  public static List<String> arguments(
      Map<String, String> wanted, ServerPlaces places, String listen, int port) {
    List<String> arguments = new ArrayList<>(List.of("-D", places.data()));
    wanted.forEach((name, value) -> add(arguments, name, value));
    add(arguments, "config_file", places.data() + "/postgresql.conf");
    add(arguments, "data_directory", places.data());
    add(arguments, "hba_file", places.rules());
    add(arguments, "ident_file", places.identities());
    // Not empty, for Postgres would complain of not being able to write a file of that name.
    add(arguments, "external_pid_file", places.sockets() + "/pid");
    add(arguments, "listen_addresses", listen);
    add(arguments, "port", Integer.toString(port));
    // A list in which only double quotes protect a comma or a space.
    add(arguments, "unix_socket_directories", '"' + places.sockets() + '"');
    add(arguments, "unix_socket_group", "");
    add(arguments, "unix_socket_permissions", "0700");
    add(arguments, "logging_collector", "off");
    add(arguments, "log_destination", "stderr");
    return arguments;
  }

  private static void add(List<String> arguments, String name, String value) {
    arguments.add("-c");
    arguments.add(name + "=" + value);
  }
}
