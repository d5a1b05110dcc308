package dev.bpg.server;

import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a runtime needs to start a server.
 *
 * @param id the branch's id
 * @param dataFolder the data folder
 * @param build the build that the data folder belongs to
 * @param settings server settings, in the order in which the server is to take them; they beat
 *     every configuration file in the data folder
 * @param preferredPort the port to take if it is free; another one is taken if it is not
 * @param temporary whether the branch goes with its process, so that nothing but its process starts
 *     it again
 * @param folders what the server has to reach beside its data folder, to read and write, at the
 *     same paths as this process
 * @param timeout how long the server may take until it takes connections
 */
public record StartRequest(
    BranchId id,
    Path dataFolder,
    PostgresBuild build,
    Map<String, String> settings,
    OptionalInt preferredPort,
    boolean temporary,
    List<Path> folders,
    Duration timeout) {

  /** Copies the settings and the list. */
  public StartRequest {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    folders = List.copyOf(folders);
  }

  /** The same with another path to its data folder. */
  public StartRequest withDataFolder(Path path) {
    return new StartRequest(id, path, build, settings, preferredPort, temporary, folders, timeout);
  }
}
