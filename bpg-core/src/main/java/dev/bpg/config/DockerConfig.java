package dev.bpg.config;

import dev.bpg.error.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How servers run in Docker; the keys {@code docker.…}. Immutable. Which daemon runs them is
 * Docker's own configuration: {@code DOCKER_HOST}, {@code DOCKER_CONTEXT} or the current context.
 *
 * @param image the image of new databases; empty for {@code postgres:17}, or {@code
 *     postgres:<major>} where a major version is asked for
 * @param network {@code bridge}, {@code host} or the name of a network
 * @param memory the limit of a server's memory in bytes; empty for none
 * @param cpus the limit of a server's processors, such as 1.5; empty for none
 * @param shmSize the size of a server's {@code /dev/shm} in bytes, which parallel queries use
 * @param environment variables of a server's environment
 * @param binds further files and folders of the machine that servers see
 */
public record DockerConfig(
    Optional<String> image,
    String network,
    OptionalLong memory,
    OptionalDouble cpus,
    long shmSize,
    Map<String, String> environment,
    List<Bind> binds) {

  static final String IMAGE_HINT = "use the name of an image, such as postgres:17";
  static final String NETWORK_HINT = "use bridge, host or the name of a network";
  static final String SIZE_HINT = "use a number of bytes, or one with k, m or g, such as 512m";
  static final String CPUS_HINT = "use a number of more than 0, such as 1.5";
  static final String BINDS_HINT =
      "use <path>:<path in the container>, with :ro to forbid writing, separated by commas";
  static final String VARIABLE_HINT = "use a name of letters, digits and underscores";

  // Docker's 64 MB are too few for a parallel query on anything large.
  private static final long DEFAULT_SHM_SIZE = 256L << 20;
  private static final double MOST_CPUS = 10_000;

  private static final DockerConfig DEFAULTS =
      new DockerConfig(
          Optional.empty(),
          "bridge",
          OptionalLong.empty(),
          OptionalDouble.empty(),
          DEFAULT_SHM_SIZE,
          Map.of(),
          List.of());

  /**
   * A file or folder that servers see.
   *
   * @param source its absolute path on the daemon's machine; it must exist
   * @param target its absolute path in the container
   * @param readOnly whether servers may only read it
   */
  public record Bind(String source, String target, boolean readOnly) {

    /**
     * Checks the paths.
     *
     * @throws RefusedException if one is not absolute
     */
    public Bind {
      if (!source.startsWith("/") || !target.startsWith("/") || target.equals("/")) {
        throw refused(
            "use the bind", source + ":" + target, "has a path that is not absolute", BINDS_HINT);
      }
    }
  }

  /**
   * Checks everything.
   *
   * @throws RefusedException if a value is one that Docker has no use for
   */
  public DockerConfig {
    image.ifPresent(DockerConfig::checkImage);
    if (!network.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*") || network.equals("none")) {
      throw refused(
          "use the network", network, "is not a network to reach servers by", NETWORK_HINT);
    }
    memory.ifPresent(bytes -> checkSize(bytes));
    checkSize(shmSize);
    if (cpus.isPresent() && !(cpus.getAsDouble() > 0 && cpus.getAsDouble() <= MOST_CPUS)) {
      throw refused("use", cpus.getAsDouble() + " cpus", "is not a number of them", CPUS_HINT);
    }
    environment = Map.copyOf(environment);
    environment.keySet().forEach(DockerConfig::checkVariable);
    binds = List.copyOf(binds);
  }

  static String checkImage(String image) {
    if (!image.matches("[a-zA-Z0-9][a-zA-Z0-9._:/@-]*")) {
      throw refused("use the image", image, "is not the name of an image", IMAGE_HINT);
    }
    return image;
  }

  private static void checkSize(long bytes) {
    if (bytes <= 0) {
      throw refused("use the size", Long.toString(bytes), "is not a size", SIZE_HINT);
    }
  }

  private static void checkVariable(String name) {
    if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
      throw refused("set the variable", name, "is not the name of a variable", VARIABLE_HINT);
    }
  }

  private static RefusedException refused(
      String operation, String value, String reason, String hint) {
    return new RefusedException(operation, Quoted.of(value), Quoted.of(value) + " " + reason, hint);
  }

  /** Nothing configured: the default image, a bridge, no limits. */
  public static DockerConfig defaults() {
    return DEFAULTS;
  }

  /** The same with another image for new databases. */
  public DockerConfig withImage(String name) {
    return new DockerConfig(Optional.of(name), network, memory, cpus, shmSize, environment, binds);
  }

  /** The same in another network. */
  public DockerConfig withNetwork(String name) {
    return new DockerConfig(image, name, memory, cpus, shmSize, environment, binds);
  }

  /** The same with a limit of memory, in bytes. */
  public DockerConfig withMemory(long bytes) {
    return new DockerConfig(
        image, network, OptionalLong.of(bytes), cpus, shmSize, environment, binds);
  }

  /** The same with a limit of processors. */
  public DockerConfig withCpus(double number) {
    return new DockerConfig(
        image, network, memory, OptionalDouble.of(number), shmSize, environment, binds);
  }

  /** The same with another size of {@code /dev/shm}, in bytes. */
  public DockerConfig withShmSize(long bytes) {
    return new DockerConfig(image, network, memory, cpus, bytes, environment, binds);
  }

  /** The same with one more variable, which replaces an earlier one of that name. */
  public DockerConfig withEnvironment(String name, String value) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put(name, value);
    return new DockerConfig(image, network, memory, cpus, shmSize, all, binds);
  }

  /** The same with one more file or folder. */
  public DockerConfig withBind(String source, String target, boolean readOnly) {
    List<Bind> all = new ArrayList<>(binds);
    all.add(new Bind(source, target, readOnly));
    return withBinds(all);
  }

  /** The same with these files and folders and no others. */
  public DockerConfig withBinds(List<Bind> all) {
    return new DockerConfig(image, network, memory, cpus, shmSize, environment, all);
  }
}
