package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Ports;
import dev.bpg.internal.server.DataFolder;
import dev.bpg.internal.server.PostmasterFile;
import dev.bpg.model.BranchId;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.server.ServerState.Missing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the state of a server from its container and its data folder. */
final class ContainerStates {

  private static final String OPERATION = "read the state of";

  private final Containers containers;
  private final ContainerFolders folders;

  ContainerStates(Containers containers, ContainerFolders folders) {
    this.containers = containers;
    this.folders = folders;
  }

  ServerState of(BranchId id, Path dataFolder, String subject)
      throws IOException, InterruptedException {
    Optional<ServerState> broken = DataFolder.broken(dataFolder);
    if (broken.isPresent()) {
      return broken.get();
    }
    Optional<InspectContainerResponse> found =
        containers.inspect(Containers.server(id), id, OPERATION, subject);
    if (found.isEmpty()) {
      return withoutContainer(dataFolder);
    }
    ContainerState state = found.get().getState();
    if (Boolean.TRUE.equals(state.getRestarting())) {
      return state(Kind.STARTING, "it ended and Docker starts it again: " + ending(state));
    }
    return Boolean.TRUE.equals(state.getRunning())
        ? live(id, dataFolder, found.get())
        : ended(dataFolder, state);
  }

  private static ServerState withoutContainer(Path dataFolder) throws IOException {
    ServerState folder = DataFolder.withoutServer(dataFolder);
    return folder.kind() == Kind.CRASHED
        ? new ServerState(
            Kind.CRASHED,
            "container missing: " + folder.reason(),
            Optional.empty(),
            Optional.of(Missing.SERVER))
        : folder;
  }

  private ServerState live(BranchId id, Path dataFolder, InspectContainerResponse container)
      throws IOException {
    Optional<PostmasterFile> file = PostmasterFile.read(dataFolder);
    if (file.isEmpty() || !file.get().isReady()) {
      return state(
          Kind.STARTING, PostmasterFile.notReady(file.map(PostmasterFile::status).orElse("")));
    }
    OptionalInt port = port(container, file.get());
    return port.isPresent()
        ? new ServerState(
            Kind.RUNNING,
            "it takes connections",
            Optional.of(endpoint(id, file.get(), port.getAsInt())))
        : new ServerState(
            Kind.STARTING,
            "its port is not published yet",
            Optional.empty(),
            Optional.of(Missing.PORT));
  }

  /** Where a server listens. */
  Endpoint endpoint(BranchId id, PostmasterFile file, int port) throws IOException {
    return new Endpoint(ServerContainer.HOST, port, Optional.of(folders.socket(id, file.port())));
  }

  /** The port on the machine: of Docker's choice after each start, unless the network is its. */
  static OptionalInt port(InspectContainerResponse container, PostmasterFile file) {
    if (DockerOptions.HOST_NETWORK.equals(container.getHostConfig().getNetworkMode())) {
      return file.port() > 0 ? OptionalInt.of(file.port()) : OptionalInt.empty();
    }
    Ports ports = container.getNetworkSettings().getPorts();
    Ports.Binding[] bindings = ports == null ? null : ports.getBindings().get(ServerContainer.PORT);
    return bindings == null || bindings.length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(bindings[0].getHostPortSpec()));
  }

  private static ServerState ended(Path dataFolder, ContainerState state) throws IOException {
    ServerState folder = DataFolder.withoutServer(dataFolder);
    return folder.kind() == Kind.CRASHED
        ? state(Kind.CRASHED, ending(state) + "; the next start recovers")
        : folder;
  }

  /** How a container ended, in a few words. */
  static String ending(ContainerState state) {
    if (state.getError() != null && !state.getError().isBlank()) {
      return "Docker could not run it: " + state.getError();
    }
    long code = Optional.ofNullable(state.getExitCodeLong()).orElse(0L);
    if (Boolean.TRUE.equals(state.getOOMKilled())) {
      return "it was killed for want of memory (exit code " + code + ")";
    }
    return code == Ending.KILLED ? "it was killed (exit code 137)" : "exit code " + code;
  }

  private static ServerState state(Kind kind, String reason) {
    return new ServerState(kind, reason, Optional.empty());
  }
}
