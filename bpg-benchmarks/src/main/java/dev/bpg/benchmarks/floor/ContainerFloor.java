package dev.bpg.benchmarks.floor;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.bpg.benchmarks.measure.Timed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * From nothing to the first row of a clone in a container: clone, create, start, connect in a tight
 * loop, ask. The image, the program and the user are those of another container.
 */
public final class ContainerFloor implements Timed {

  private static final ExposedPort PORT = ExposedPort.tcp(5432);

  private final DockerClient client;
  private final InspectContainerResponse model;
  private final Path parent;
  private final Path folder;
  private final RawClone cloning;
  private final String password;

  private ContainerFloor(
      DockerClient client,
      InspectContainerResponse model,
      Path parent,
      Path folder,
      RawClone cloning,
      String password) {
    this.client = client;
    this.model = model;
    this.parent = parent;
    this.folder = folder;
    this.cloning = cloning;
    this.password = password;
  }

  /**
   * One like a container that runs.
   *
   * @param container its name
   * @param parent the data folder to clone, which that container runs on
   * @param folder where clones go
   */
  public static ContainerFloor like(
      String container, Path parent, Path folder, RawClone cloning, String password) {
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    DockerClient client =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .build());
    InspectContainerResponse model = client.inspectContainerCmd(container).exec();
    return new ContainerFloor(client, model, parent, folder, cloning, password);
  }

  @Override
  public double run() throws Exception {
    int port = Floor.freePort();
    Path data = folder.resolve("data");
    Path sockets = folder.resolve("run");
    Files.createDirectories(sockets);
    Object owner = Files.getAttribute(parent, "unix:uid");
    Files.setAttribute(sockets, "unix:uid", owner);
    String name = "bpg-floor-" + UUID.randomUUID();
    long start = System.nanoTime();
    cloning.make(parent, data);
    Files.deleteIfExists(data.resolve("postmaster.pid"));
    try {
      create(name, data, sockets, port);
      client.startContainerCmd(name).exec();
      Floor.awaitFirstRow(port, start, password);
      return Timed.millisSince(start);
    } finally {
      client.removeContainerCmd(name).withForce(true).withRemoveVolumes(true).exec();
      cloning.delete(data);
    }
  }

  private void create(String name, Path data, Path sockets, int port) throws IOException {
    List<Mount> mounts =
        Objects.requireNonNull(model.getHostConfig().getMounts()).stream()
            .map(mount -> moved(mount, data, sockets))
            .toList();
    client
        .createContainerCmd(Objects.requireNonNull(model.getImageId()))
        .withName(name)
        .withUser(Objects.requireNonNull(model.getConfig().getUser()))
        .withEntrypoint(List.of(Objects.requireNonNull(model.getConfig().getEntrypoint())))
        .withExposedPorts(PORT)
        .withHostConfig(
            HostConfig.newHostConfig()
                .withMounts(mounts)
                .withPortBindings(
                    new PortBinding(new Binding("127.0.0.1", Integer.toString(port)), PORT)))
        .exec();
  }

  private Mount moved(Mount mount, Path data, Path sockets) {
    String source = String.valueOf(mount.getSource());
    Path ours =
        source.equals(parent.toString())
            ? data
            : source.endsWith("/run") ? sockets : Path.of(source);
    return new Mount()
        .withType(mount.getType())
        .withTarget(mount.getTarget())
        .withReadOnly(mount.getReadOnly())
        .withSource(ours.toString());
  }
}
