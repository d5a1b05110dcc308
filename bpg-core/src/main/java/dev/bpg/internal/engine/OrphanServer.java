package dev.bpg.internal.engine;

import dev.bpg.model.BranchId;
import dev.bpg.server.ServerRuntime;
import dev.bpg.server.ServerRuntime.Shutdown;
import java.nio.file.Path;

/** What is left of a server that no record knows. */
final class OrphanServer {

  // Where its volume is gone there is nothing to find a server by but its id, which suffices for
  // containers. A process without its data folder ends by itself.
  private static final Path NOWHERE = Path.of("/nonexistent");

  private final Parts parts;
  private final BranchId id;

  OrphanServer(Parts parts, BranchId id) {
    this.parts = parts;
    this.id = id;
  }

  /** Ends it and removes what the runtime keeps of it. */
  void remove(ServerRuntime runtime) throws InterruptedException {
    Path data =
        parts.storages().places().stream()
            .flatMap(place -> place.dataFolder(id).stream())
            .findFirst()
            .orElse(NOWHERE.resolve(id.value()));
    runtime.stop(id, data, Shutdown.IMMEDIATE, parts.timeouts().stop());
    runtime.remove(id);
  }
}
