package dev.bpg.internal;

import dev.bpg.config.BpgConfig;
import dev.bpg.config.DockerConfig;
import dev.bpg.config.ServerType;
import dev.bpg.error.BpgException;
import dev.bpg.error.UnavailableException;
import dev.bpg.health.Choice;
import dev.bpg.internal.engine.Runtimes;
import dev.bpg.internal.server.docker.DockerOptions;
import dev.bpg.internal.server.docker.DockerRuntime;
import dev.bpg.internal.server.process.ProcessOptions;
import dev.bpg.internal.server.process.ProcessRuntime;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.ServerRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server runtimes. Which one new databases get is found out when the first one is made: what
 * the configuration names, else processes if there are binaries for them, else Docker. Safe for use
 * by several threads.
 */
final class ConfiguredRuntimes implements Runtimes {

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredRuntimes.class);
  private static final double NANO = 1e9;

  private final BpgConfig config;
  private @Nullable ServerRuntime process;
  private @Nullable DockerRuntime docker;
  private @Nullable ServerRuntime preferred;
  private String reason = "";

  ConfiguredRuntimes(BpgConfig config) {
    this.config = config;
    if (config.server() != ServerType.DOCKER) {
      // Known to be possible before anything is made, where it is what was asked for.
      tryProcess();
    }
  }

  private Optional<ServerRuntime> tryProcess() {
    try {
      return Optional.of(process());
    } catch (UnavailableException e) {
      if (config.server() == ServerType.PROCESS) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public synchronized ServerRuntime preferred() {
    if (preferred == null) {
      preferred =
          switch (config.server()) {
            case AUTO -> best();
            case PROCESS -> picked(process(), "server.type says so");
            case DOCKER -> asked();
          };
    }
    return preferred;
  }

  private ServerRuntime asked() {
    docker().requireDaemon();
    return picked(docker(), "server.type says so, and its daemon answers");
  }

  // What the log says and what describe() says.
  private ServerRuntime picked(ServerRuntime runtime, String why) {
    reason = why;
    LOG.info("new databases run by {}: {}", runtime.name(), why);
    return runtime;
  }

  /** What new databases get, and why; never throws for what is missing. */
  synchronized Choice choice() {
    try {
      return new Choice(Optional.of(preferred().name()), reason);
    } catch (BpgException e) {
      return new Choice(Optional.empty(), e.reason());
    }
  }

  /** The build of Postgres that a new process would get. */
  synchronized PostgresBuild binaries() {
    return process().choose(config.version(), Optional.empty());
  }

  /** Asks the daemon. */
  synchronized void requireDocker() {
    docker().requireDaemon();
  }

  private ServerRuntime best() {
    if (config.processBinaries().isPresent()) {
      return picked(process(), "process.binaries says of what");
    }
    UnavailableException noBinaries;
    try {
      ServerRuntime found = process();
      PostgresBuild build = found.choose(OptionalInt.empty(), Optional.empty());
      return picked(found, "there is " + build);
    } catch (UnavailableException e) {
      noBinaries = e;
    }
    try {
      docker().requireDaemon();
    } catch (UnavailableException e) {
      e.addSuppressed(noBinaries);
      throw new UnavailableException(
          "run",
          "Postgres",
          "as processes: " + noBinaries.reason() + "; in Docker: " + e.reason(),
          noBinaries.hint(),
          e);
    }
    return picked(docker(), "not as processes, because " + noBinaries.reason());
  }

  @Override
  public synchronized ServerRuntime named(String name) {
    return switch (name) {
      case "process" -> process();
      case "docker" -> docker();
      default ->
          throw new UnavailableException(
              "use the server runtime",
              name,
              "this bpg has no runtime of that name",
              "use the bpg that made the branch");
    };
  }

  @Override
  public synchronized List<ServerRuntime> usable() {
    List<ServerRuntime> usable = new ArrayList<>();
    if (config.server() == ServerType.DOCKER || docker().wasUsed()) {
      docker().requireDaemon();
      usable.add(docker());
    }
    tryProcess().ifPresent(usable::add);
    return List.copyOf(usable);
  }

  private ServerRuntime process() {
    if (process == null) {
      process = newProcess();
    }
    return process;
  }

  private ServerRuntime newProcess() {
    return new ProcessRuntime(
        ProcessOptions.of(
            config.home(), config.processCache(), config.processBinaries(), config.processUser()));
  }

  private DockerRuntime docker() {
    if (docker == null) {
      docker = new DockerRuntime(options(config));
    }
    return docker;
  }

  private static DockerOptions options(BpgConfig config) {
    DockerConfig from = config.docker();
    return new DockerOptions(
        config.home(),
        from.image(),
        from.network(),
        from.memory(),
        from.cpus().isPresent()
            ? OptionalLong.of(Math.round(from.cpus().getAsDouble() * NANO))
            : OptionalLong.empty(),
        from.shmSize(),
        from.environment(),
        from.binds().stream()
            .map(bind -> new DockerOptions.Bind(bind.source(), bind.target(), bind.readOnly()))
            .toList());
  }
}
