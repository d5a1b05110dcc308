package dev.bpg.internal.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to start.
 *
 * @param program the executable file
 * @param arguments what comes after the program's own name
 * @param environment the whole environment; nothing is inherited
 * @param folder the working folder to start in
 * @param output the file that standard output and error are appended to; made with mode 0600 for
 *     the user if it is missing
 * @param user the user to run as, which only root may set; empty for the user of this process
 */
public record SpawnRequest(
    Path program,
    List<String> arguments,
    Map<String, String> environment,
    Path folder,
    Path output,
    Optional<SystemUser> user) {

  /** Copies the collections. */
  public SpawnRequest {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
