package dev.bpg.health;

import java.nio.file.Path;
import java.util.List;

/**
 * What new databases get here, and why. What exists keeps what it was made with.
 *
 * @param home the home folder
 * @param storage the storage
 * @param server the server runtime
 * @param postgres the build of Postgres, or why there is none
 * @param sources where the configuration was read from: a file, variables, properties, in the order
 *     in which the later ones replace the former; empty if it was made in code
 */
public record Description(
    Path home, Choice storage, Choice server, String postgres, List<String> sources) {

  /** Copies the list. */
  public Description {
    sources = List.copyOf(sources);
  }

  /** One line for each. */
  @Override
  public String toString() {
    return """
        home: %s
        storage %s
        server %s
        postgres: %s
        configuration: %s"""
        .formatted(
            home,
            storage,
            server,
            postgres,
            sources.isEmpty() ? "made in code, or all defaults" : String.join(", ", sources));
  }
}
