package dev.bpg.internal.server.process;

import dev.bpg.internal.server.DataFolder;
import dev.bpg.internal.server.PostmasterFile;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the state of a server from its data folder and the system's processes. */
final class ServerStates {

  private ServerStates() {}

  static ServerState of(Path dataFolder) throws IOException {
    Optional<ServerState> broken = DataFolder.broken(dataFolder);
    if (broken.isPresent()) {
      return broken.get();
    }
    Optional<PostmasterFile> file = PostmasterFile.read(dataFolder);
    if (file.isPresent()) {
      Optional<ServerState> live = live(dataFolder, file.get());
      if (live.isPresent()) {
        return live.get();
      }
    }
    return DataFolder.withoutServer(dataFolder);
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
                : state(Kind.STARTING, PostmasterFile.notReady(file.status())));
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

  private static ServerState state(Kind kind, String reason) {
    return new ServerState(kind, reason, Optional.empty());
  }
}
