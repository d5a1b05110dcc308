package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.bpg.error.BpgException;
import dev.bpg.error.StartFailedException;
import dev.bpg.internal.platform.FolderWatch;
import dev.bpg.internal.platform.FolderWatch.Wake;
import dev.bpg.internal.server.Ports;
import dev.bpg.internal.server.PostmasterFile;
import dev.bpg.server.Endpoint;
import dev.bpg.server.StartRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One start of a server: create, start, and wait until Postgres says that it is ready. Two requests
 * are waited for; what else is asked of the daemon is asked while Postgres starts.
 */
final class ContainerStart {

  private static final String OPERATION = "start";
  private static final int ATTEMPTS = 10;
  private static final int LOG_LINES = 20;
  private static final long SHORTEST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final ServerContainer container;
  private final StartRequest request;
  private final Daemon daemon;
  private final Containers containers;
  private final ContainerStates states;
  private final Images images;
  private final String subject;
  private final String name;
  private final long deadline;

  ContainerStart(
      ServerContainer container,
      Daemon daemon,
      Containers containers,
      ContainerStates states,
      Images images) {
    this.container = container;
    this.request = container.request();
    this.daemon = daemon;
    this.containers = containers;
    this.states = states;
    this.images = images;
    this.subject = "the server of branch " + request.id();
    this.name = Containers.server(request.id());
    this.deadline = System.nanoTime() + request.timeout().toNanos();
  }

  /** Starts the server; when this throws, nothing of it runs. */
  Endpoint run() throws IOException, InterruptedException {
    OptionalInt preferred = request.preferredPort();
    for (int attempt = 1; ; attempt++) {
      int port = port(preferred);
      try {
        Optional<Endpoint> joined = create(port);
        return joined.isPresent() ? joined.get() : startCreated();
      } catch (DockerException e) {
        if (attempt == ATTEMPTS || !lostPort(e)) {
          throw refused(e);
        }
      } catch (StartFailedException e) {
        if (attempt == ATTEMPTS || !lostPort(e)) {
          throw e;
        }
      }
      preferred = OptionalInt.empty();
    }
  }

  private int port(OptionalInt preferred) throws IOException {
    if (container.options().hostNetwork()) {
      return Ports.choose(preferred);
    }
    return preferred.isPresent() && Ports.isFree(preferred.getAsInt()) ? preferred.getAsInt() : 0;
  }

  // Somebody may take a port between our look at it and its use.
  private static boolean lostPort(Exception e) {
    return DockerFailures.says(
        e,
        "port is already allocated",
        "address already in use",
        "could not create any tcp/ip sockets",
        "failed to bind host port",
        "ports are not available");
  }

  /** Creates the container; gives the endpoint if there is one that runs already. */
  private Optional<Endpoint> create(int port) throws IOException, InterruptedException {
    try {
      createNew(port);
    } catch (ConflictException e) {
      Optional<Endpoint> running = join();
      if (running.isPresent()) {
        return running;
      }
      replace(port);
    } catch (NotFoundException e) {
      if (!DockerFailures.says(e, "no such image")) {
        throw e;
      }
      images.fetch(container.image());
      createNew(port);
    }
    return Optional.empty();
  }

  // What has the name may still be in the making, begun by a process that died: then it can neither
  // be
  // found nor removed yet.
  private void replace(int port) throws InterruptedException {
    long pause = SHORTEST_PAUSE_MILLIS;
    while (true) {
      containers.removeOurs(name, Containers.SERVER, OPERATION, subject);
      try {
        createNew(port);
        return;
      } catch (ConflictException e) {
        if (pause > LONGEST_PAUSE_MILLIS || System.nanoTime() - deadline >= 0) {
          throw e;
        }
        new CountDownLatch(1).await(pause, TimeUnit.MILLISECONDS);
        pause *= 2;
      }
    }
  }

  private void createNew(int port) throws InterruptedException {
    daemon.ask(
        OPERATION,
        subject,
        client ->
            client
                .createContainerCmd(container.image().id())
                .withName(name)
                .withUser(container.user().text())
                .withEntrypoint(container.command(port))
                .withEnv(container.environment())
                .withExposedPorts(ServerContainer.PORT)
                .withLabels(containers.labels(request.id(), Containers.SERVER))
                .withStopSignal(ServerContainer.STOP_SIGNAL)
                .withStopTimeout(ServerContainer.stopSeconds())
                .withHostConfig(container.hostConfig(port))
                .exec());
  }

  // One that runs already, or was left starting by a process that died.
  private Optional<Endpoint> join() throws IOException, InterruptedException {
    Optional<InspectContainerResponse> found =
        containers.inspect(name, request.id(), OPERATION, subject);
    if (found.isEmpty() || !Boolean.TRUE.equals(found.get().getState().getRunning())) {
      return Optional.empty();
    }
    try (FolderWatch watch = FolderWatch.open(request.dataFolder())) {
      return Optional.of(awaitReady(watch));
    }
  }

  private Endpoint startCreated() throws IOException, InterruptedException {
    // That of a server that was killed would look like one that is ready. Nothing runs on the
    // folder now: the container is new, and no other can have its name.
    Files.deleteIfExists(request.dataFolder().resolve(PostmasterFile.NAME));
    boolean ready = false;
    try (FolderWatch watch = FolderWatch.open(request.dataFolder())) {
      containers.start(name, OPERATION, subject);
      Endpoint endpoint = awaitReady(watch);
      // Only now: one that cannot start would be started again and again. Podman has no way to say
      // so
      // later, and starts nothing again by itself.
      if (!request.temporary() && !container.daemon().podman()) {
        daemon.ask(
            OPERATION,
            subject,
            client ->
                client
                    .updateContainerCmd(name)
                    .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                    .exec());
      }
      ready = true;
      return endpoint;
    } finally {
      if (!ready) {
        endThoughInterrupted();
      }
    }
  }

  private Endpoint awaitReady(FolderWatch watch) throws IOException, InterruptedException {
    try (Ending ending = Ending.of(daemon, name, OPERATION, subject)) {
      Daemon.Pending<InspectContainerResponse> inspected =
          daemon.begin(OPERATION, subject, client -> client.inspectContainerCmd(name).exec());
      while (true) {
        Optional<PostmasterFile> file = PostmasterFile.read(request.dataFolder());
        if (file.isPresent() && file.get().isReady()) {
          return endpoint(file.get(), inspected.get());
        }
        Wake wake = watch.await(ending.alarm(), deadline);
        if (wake == Wake.EXITED) {
          throw ended(ending);
        }
        if (wake == Wake.TIMED_OUT) {
          throw failed(
              "it did not take connections within " + request.timeout().toMillis() + " ms",
              "start it with a longer time-out");
        }
      }
    }
  }

  private Endpoint endpoint(PostmasterFile file, InspectContainerResponse inspected)
      throws IOException, InterruptedException {
    OptionalInt port = ContainerStates.port(inspected, file);
    if (port.isEmpty()) {
      throw failed(
          "its port is not published in the network " + container.options().network(),
          "set docker.network to bridge, host or a network that publishes ports");
    }
    return states.endpoint(request.id(), file, port.getAsInt());
  }

  private BpgException ended(Ending ending) throws InterruptedException {
    ending.code(); // Fails when it is the daemon that has gone.
    InspectContainerResponse.ContainerState state =
        containers
            .inspect(name, request.id(), OPERATION, subject)
            .map(InspectContainerResponse::getState)
            .orElse(null);
    if (state == null) {
      return failed("somebody removed its container", "start it again");
    }
    boolean memory = Boolean.TRUE.equals(state.getOOMKilled());
    return failed(
        "Postgres ended: " + ContainerStates.ending(state),
        memory
            ? "raise docker.memory, or lower shared_buffers"
            : "correct what its last line names, then start it again");
  }

  private StartFailedException failed(String reason, String hint) throws InterruptedException {
    List<String> lines = containers.lastLines(name, LOG_LINES, OPERATION, subject);
    return new StartFailedException(
        OPERATION,
        subject,
        lines.isEmpty()
            ? reason + ", without a word"
            : reason + "; it wrote:\n" + String.join("\n", lines),
        hint);
  }

  private RuntimeException refused(DockerException e) throws InterruptedException {
    String address = daemon.address();
    if (ContainerInit.isInvisible(e)) {
      Path missing = request.dataFolder();
      return ContainerInit.invisible(OPERATION, subject, missing, address, e);
    }
    return DockerFailures.translate(OPERATION, subject, address, e);
  }

  // What did not become ready has nothing to save. The container stays for its log.
  private void endThoughInterrupted() {
    boolean interrupted = Thread.interrupted();
    try {
      containers.signal(name, "SIGKILL", OPERATION, subject);
      try (Ending ending = Ending.of(daemon, name, OPERATION, subject)) {
        ending.await(java.time.Duration.ofSeconds(10));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (IOException | RuntimeException e) {
      // The first failure is the one to be told. A container that is left carries no restart
      // policy, and goes when the branch is deleted.
      org.slf4j.LoggerFactory.getLogger(ContainerStart.class)
          .debug("could not end the container {}", name, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
