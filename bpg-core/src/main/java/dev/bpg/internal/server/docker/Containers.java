package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.model.BranchId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The containers of one home: what they are called, and that nothing but ours is ever touched.
 * Every one carries the labels {@code dev.bpg.home} and {@code dev.bpg.role}; those of a branch
 * carry {@code dev.bpg.id} too.
 */
final class Containers {

  static final String ID = "dev.bpg.id";
  static final String HOME = "dev.bpg.home";
  static final String ROLE = "dev.bpg.role";
  static final String SERVER = "server";
  static final String INITDB = "initdb";
  static final String PROBE = "probe";

  private final Daemon daemon;
  private final Path home;

  Containers(Daemon daemon, Path home) {
    this.daemon = daemon;
    this.home = home;
  }

  /** The name of a branch's server; two can never run on one data folder because of it. */
  static String server(BranchId id) {
    return "bpg-" + id;
  }

  /** The name of the container that looks into an image; a home has one at a time. */
  String probe(String imageId) {
    byte[] both = (home + imageId).getBytes(StandardCharsets.UTF_8);
    return "bpg-probe-" + UUID.nameUUIDFromBytes(both);
  }

  /** The labels of a branch's container. */
  Map<String, String> labels(BranchId id, String role) {
    return Map.of(ID, id.value(), HOME, home.toString(), ROLE, role);
  }

  /** The labels of a container that belongs to no branch. */
  Map<String, String> labels(String role) {
    return Map.of(HOME, home.toString(), ROLE, role);
  }

  /** All the containers of a branch. */
  List<Container> of(BranchId id, String operation, String subject) throws InterruptedException {
    return daemon.ask(
        operation,
        subject,
        client ->
            client
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(ID, id.value()))
                .exec());
  }

  /** The ids of all branches of this home that have a container, running or not. */
  List<BranchId> ofHome(String operation, String subject) throws InterruptedException {
    return daemon
        .ask(
            operation,
            subject,
            client ->
                client
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(HOME, home.toString()))
                    .exec())
        .stream()
        .map(container -> container.getLabels().getOrDefault(ID, ""))
        .filter(BranchId::isValid)
        .map(BranchId::new)
        .toList();
  }

  /**
   * What the daemon says of a container of ours; empty if there is none.
   *
   * @throws AlreadyExistsException if somebody else's has the name
   */
  Optional<InspectContainerResponse> inspect(
      String name, BranchId id, String operation, String subject) throws InterruptedException {
    Optional<InspectContainerResponse> found = look(name, operation, subject);
    if (found.isPresent()) {
      requireLabel(found.get(), name, ID, id.value(), operation, subject);
    }
    return found;
  }

  private Optional<InspectContainerResponse> look(String name, String operation, String subject)
      throws InterruptedException {
    try {
      return Optional.of(
          daemon.ask(operation, subject, client -> client.inspectContainerCmd(name).exec()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static void requireLabel(
      InspectContainerResponse found,
      String name,
      String label,
      String value,
      String operation,
      String subject) {
    Map<String, String> labels =
        Optional.ofNullable(found.getConfig().getLabels()).orElse(Map.of());
    if (!value.equals(labels.get(label))) {
      throw new AlreadyExistsException(
          operation,
          subject,
          "there is a container " + name + " that bpg did not make",
          "rename that container");
    }
  }

  /**
   * Removes a container of ours that has a name, if there is one.
   *
   * @throws AlreadyExistsException if somebody else's has the name
   */
  void removeOurs(String name, String role, String operation, String subject)
      throws InterruptedException {
    Optional<InspectContainerResponse> found = look(name, operation, subject);
    if (found.isPresent()) {
      requireLabel(found.get(), name, ROLE, role, operation, subject);
      remove(found.get().getId(), operation, subject);
    }
  }

  /** Starts a container; no error if it runs. */
  void start(String container, String operation, String subject) throws InterruptedException {
    try {
      daemon.ask(operation, subject, client -> client.startContainerCmd(container).exec());
    } catch (NotModifiedException e) {
      // Somebody started it just now.
      return;
    }
  }

  /** Sends a signal; no error if the container does not run or does not exist. */
  void signal(String container, String signal, String operation, String subject)
      throws InterruptedException {
    try {
      daemon.ask(
          operation,
          subject,
          client -> client.killContainerCmd(container).withSignal(signal).exec());
    } catch (NotFoundException | ConflictException e) {
      // It has ended by itself.
      return;
    } catch (InternalServerErrorException e) {
      // What Podman says of the same.
      if (!DockerFailures.says(e, "can only kill running containers", "container state improper")) {
        throw e;
      }
    }
  }

  /** Removes a container with its volumes, killing it if it runs; no error if there is none. */
  void remove(String container, String operation, String subject) throws InterruptedException {
    try {
      daemon.ask(
          operation,
          subject,
          client ->
              client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec());
    } catch (NotFoundException e) {
      return;
    } catch (ConflictException e) {
      // Somebody else removes it at this moment.
      if (!DockerFailures.says(e, "already in progress")) {
        throw e;
      }
    }
  }

  /** The last lines of what a container wrote, the oldest first; empty if there is none. */
  List<String> lastLines(String container, int count, String operation, String subject)
      throws InterruptedException {
    Output output = new Output();
    try (output) {
      daemon
          .client(operation, subject)
          .logContainerCmd(container)
          .withStdOut(true)
          .withStdErr(true)
          .withTail(count)
          .exec(output);
      output.awaitEnd();
    } catch (NotFoundException e) {
      return List.of();
    }
    List<String> lines = output.text().lines().toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  private static final class Output extends Stream<Frame> {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void onNext(Frame frame) {
      bytes.writeBytes(frame.getPayload());
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
