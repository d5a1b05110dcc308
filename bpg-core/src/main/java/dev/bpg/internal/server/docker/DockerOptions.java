package dev.bpg.internal.server.docker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the Docker runtime is set up. Which daemon it talks to is Docker's own configuration: {@code
 * DOCKER_HOST}, {@code DOCKER_CONTEXT}, the current context.
 *
 * @param home the home folder; sockets, access rules and what is known of images are kept in {@code
 *     servers} and {@code images} below it
 * @param image the image of new databases; empty for {@code postgres:<major>}
 * @param network {@code bridge}, {@code host} or the name of a network
 * @param memory the limit of a container's memory in bytes; empty for none
 * @param nanoCpus the limit of a container's processor time, in billionths of a processor; empty
 *     for none
 * @param shmSize the size of {@code /dev/shm} in bytes, which parallel queries need
 * @param environment variables of the servers' environment
 * @param binds further files and folders to show to servers
 */
public record DockerOptions(
    Path home,
    Optional<String> image,
    String network,
    OptionalLong memory,
    OptionalLong nanoCpus,
    long shmSize,
    Map<String, String> environment,
    List<Bind> binds) {

  /** What {@link #image} is when a database asks for no major version. */
  static final int DEFAULT_MAJOR = 17;

  static final String HOST_NETWORK = "host";

  /**
   * A file or folder of the daemon's machine that servers see.
   *
   * @param source its path there
   * @param target its path in the container
   * @param readOnly whether servers may only read it
   */
  public record Bind(String source, String target, boolean readOnly) {}

  /** Makes the path absolute and copies the collections. */
  public DockerOptions {
    home = home.toAbsolutePath().normalize();
    environment = Map.copyOf(environment);
    binds = List.copyOf(binds);
  }

  boolean hostNetwork() {
    return network.equals(HOST_NETWORK);
  }
}
