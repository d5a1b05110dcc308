package dev.bpg.server;

import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a runtime needs to start a server.
 *
 * @param id the branch's id
 * @param dataFolder the data folder
 * @param build the build that the data folder belongs to
 * @param settings server settings; they beat every configuration file in the data folder
 * @param preferredPort the port to take if it is free; another one is taken if it is not
 * @param timeout how long the server may take until it takes connections
 */
public record StartRequest(
    BranchId id,
    Path dataFolder,
    PostgresBuild build,
    Map<String, String> settings,
    OptionalInt preferredPort,
    Duration timeout) {

  /** Copies the settings. */
  public StartRequest {
    settings = Map.copyOf(settings);
  }
}
