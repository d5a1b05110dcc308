package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.bpg.internal.server.ServerPlaces;
import dev.bpg.internal.server.ServerSettings;
import dev.bpg.model.ContainerSpec;
import dev.bpg.server.StartRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the container of a server is made of.
 *
 * @param request what is to be started
 * @param image what is known of its image
 * @param user who runs it
 * @param folders where it finds its files on this machine
 * @param options what is configured
 * @param daemon what is known of its daemon
 */
record ServerContainer(
    StartRequest request,
    ImageFacts image,
    ContainerUser user,
    ContainerFolders folders,
    DockerOptions options,
    DaemonFacts daemon) {

  /** The loopback address, on which ports are published. */
  static final String HOST = "127.0.0.1";

  /** The port inside a container that has a network of its own. */
  static final ExposedPort PORT = ExposedPort.tcp(5432);

  /** Postgres' name for a fast shutdown, which is what an end of the machine should be. */
  static final String STOP_SIGNAL = "SIGINT";

  private static final String EVERYWHERE = "*";
  private static final int STOP_SECONDS = 60;
  private static final String SOCKETS = "/bpg/run";
  private static final String RULES = "/bpg/pg_hba.conf";
  // A file without lines: nobody is mapped.
  private static final String NOBODY = "/dev/null";

  /** The program and its arguments. */
  List<String> command(int port) {
    return options.hostNetwork() ? command(HOST, port) : command(EVERYWHERE, PORT.getPort());
  }

  private List<String> command(String listen, int port) {
    List<String> command = new ArrayList<>(List.of(image.bin() + "/postgres"));
    ServerPlaces places = new ServerPlaces(image.dataTarget(), SOCKETS, RULES, NOBODY);
    command.addAll(ServerSettings.arguments(ordered(request.settings()), places, listen, port));
    return command;
  }

  // In one order in all processes: a container is known again by its command line. What is emptied
  // comes first, because Postgres refuses a second recovery target even if the first goes later.
  private static Map<String, String> ordered(Map<String, String> settings) {
    Map<String, String> ordered = new LinkedHashMap<>();
    settings.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, String> setting) -> !setting.getValue().isEmpty())
                .thenComparing(Map.Entry::getKey))
        .forEach(setting -> ordered.put(setting.getKey(), setting.getValue()));
    return ordered;
  }

  List<String> environment() {
    return options.environment().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  /**
   * Limits, mounts and network.
   *
   * @param port the port to publish; 0 for one of Docker's choice
   */
  HostConfig hostConfig(int port) {
    HostConfig config =
        HostConfig.newHostConfig()
            .withNetworkMode(options.network())
            .withUsernsMode(user.namespace())
            .withLogConfig(daemon.log())
            .withShmSize(options.shmSize())
            .withMounts(mounts());
    if (!options.hostNetwork()) {
      String wanted = port == 0 ? "" : Integer.toString(port);
      config.withPortBindings(new PortBinding(new Binding(HOST, wanted), PORT));
    }
    options.memory().ifPresent(config::withMemory);
    options.nanoCpus().ifPresent(config::withNanoCPUs);
    return config;
  }

  // As mounts and not as binds: a source that is missing, because its volume is not mounted, is an
  // error then, while Docker would make a folder for a bind, and run on that.
  private List<Mount> mounts() {
    List<Mount> mounts = new ArrayList<>();
    mounts.add(mount(request.dataFolder().toString(), image.dataTarget()));
    mounts.add(mount(folders.sockets(request.id()).toString(), SOCKETS));
    mounts.add(mount(folders.rules().toString(), RULES).withReadOnly(true));
    for (Path folder : request.folders()) {
      mounts.add(mount(folder.toString(), folder.toString()));
    }
    mounts.addAll(empty(image));
    for (DockerOptions.Bind bind : options.binds()) {
      mounts.add(mount(bind.source(), bind.target()).withReadOnly(bind.readOnly()));
    }
    return mounts;
  }

  /** The same for somebody else, who has a network of his own. */
  ContainerSpec spec(Containers containers) {
    Map<String, String> environment = new HashMap<>(options.environment());
    // Where the image's own programs find the server.
    environment.putIfAbsent("PGHOST", SOCKETS);
    List<Mount> mounts = mounts();
    return new ContainerSpec(
        Containers.server(request.id()),
        image.id(),
        user.text(),
        user.namespace(),
        command(EVERYWHERE, PORT.getPort()),
        environment,
        PORT.getPort(),
        mounts.stream()
            .filter(mount -> mount.getType() == MountType.BIND)
            .map(ServerContainer::specified)
            .toList(),
        mounts.stream()
            .filter(mount -> mount.getType() == MountType.TMPFS)
            .map(Mount::getTarget)
            .toList(),
        containers.labels(request.id(), Containers.SERVER),
        STOP_SIGNAL,
        STOP_SECONDS,
        options.shmSize(),
        daemon.id());
  }

  private static ContainerSpec.Mount specified(Mount mount) {
    return new ContainerSpec.Mount(
        mount.getSource(), mount.getTarget(), Boolean.TRUE.equals(mount.getReadOnly()));
  }

  /** A mount of what exists. */
  static Mount mount(String source, String target) {
    return new Mount().withType(MountType.BIND).withSource(source).withTarget(target);
  }

  /** Something in memory where Docker would make a volume that nobody uses. */
  static List<Mount> empty(ImageFacts image) {
    return image.otherVolumes().stream()
        .map(volume -> new Mount().withType(MountType.TMPFS).withTarget(volume))
        .toList();
  }

  /** How long Docker waits when it stops the container itself, in seconds. */
  static int stopSeconds() {
    return STOP_SECONDS;
  }
}
