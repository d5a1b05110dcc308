package dev.bpg.internal.server.process;

import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the state of a server from its data folder and the system's processes. */
final class ServerStates {

  private ServerStates() {}

  static ServerState of(Path dataFolder) throws IOException {
    if (!Files.isDirectory(dataFolder)) {
      return state(Kind.BROKEN, "the data folder " + dataFolder + " is missing");
    }
    if (DataFolder.major(dataFolder).isEmpty()) {
      return state(Kind.BROKEN, "the data folder has no PG_VERSION");
    }
    Optional<PostmasterFile> file = PostmasterFile.read(dataFolder);
    if (file.isPresent()) {
      Optional<ServerState> live = live(dataFolder, file.get());
      if (live.isPresent()) {
        return live.get();
      }
    }
    return withoutServer(dataFolder);
  }

  private static Optional<ServerState> live(Path dataFolder, PostmasterFile file)
      throws IOException {
    Optional<Postmaster> found = Postmaster.find(dataFolder);
    if (found.isPresent()) {
      try (Postmaster postmaster = found.get()) {
        Optional<Endpoint> endpoint = postmaster.endpoint();
        return Optional.of(
            endpoint.isPresent()
                ? new ServerState(Kind.RUNNING, "it takes connections", endpoint)
                : state(Kind.STARTING, notReady(file.status())));
      }
    }
    // The file of one that was killed; its children end by themselves when they notice.
    List<Integer> strays = ServerProcesses.all(dataFolder);
    return strays.isEmpty()
        ? Optional.empty()
        : Optional.of(
            state(
                Kind.STARTING,
                "a process of the ended server still runs (pid " + strays.get(0) + ")"));
  }

  private static String notReady(String status) {
    return switch (status) {
      case "standby" -> "it is in recovery and takes connections that only read";
      case "stopping" -> "it is shutting down";
      default -> "it is starting or in recovery";
    };
  }

  private static ServerState withoutServer(Path dataFolder) throws IOException {
    Optional<Boolean> shutDown = DataFolder.wasShutDown(dataFolder);
    if (shutDown.isEmpty()) {
      return state(Kind.BROKEN, "the data folder has no global/pg_control");
    }
    return shutDown.get()
        ? state(Kind.STOPPED, "it was shut down")
        : state(Kind.CRASHED, "the last server was not shut down; the next start recovers");
  }

  private static ServerState state(Kind kind, String reason) {
    return new ServerState(kind, reason, Optional.empty());
  }
}
