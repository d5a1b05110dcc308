package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import dev.bpg.error.BpgException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A container that runs one program to its end and is removed.
 *
 * @param name its name
 * @param image the image's name or id
 * @param user who runs the program; empty for whom the image names
 * @param namespace the mode of the user namespace; empty for the daemon's
 * @param command the program and its arguments
 * @param environment its variables
 * @param mounts what it sees of the machine
 * @param labels its labels
 */
record OneShot(
    String name,
    String image,
    String user,
    String namespace,
    List<String> command,
    List<String> environment,
    List<Mount> mounts,
    Map<String, String> labels) {

  private static final int LINES = 200;

  /**
   * How a program ended.
   *
   * @param status its exit code; 0 is success
   * @param output the last of what it wrote
   */
  record Result(int status, String output) {}

  /**
   * Runs the program; an interrupt ends it. A container of that name that a killed process left is
   * removed first, so the caller holds a lock on whatever the name stands for.
   */
  Result run(Daemon daemon, Containers containers, String operation, String subject)
      throws InterruptedException, IOException {
    String container;
    try {
      container = create(daemon, operation, subject);
    } catch (ConflictException e) {
      containers.removeOurs(name, labels.get(Containers.ROLE), operation, subject);
      container = create(daemon, operation, subject);
    }
    try {
      containers.start(container, operation, subject);
      try (Ending ending = Ending.of(daemon, container, operation, subject)) {
        int status = ending.code();
        List<String> lines = containers.lastLines(container, LINES, operation, subject);
        return new Result(status, String.join("\n", lines));
      }
    } finally {
      removeThoughInterrupted(containers, container, operation, subject);
    }
  }

  private String create(Daemon daemon, String operation, String subject)
      throws InterruptedException {
    LogConfig log = daemon.facts(operation, subject).log();
    return daemon
        .ask(
            operation,
            subject,
            client -> {
              CreateContainerCmd create =
                  client
                      .createContainerCmd(image)
                      .withName(name)
                      .withEntrypoint(command)
                      .withEnv(environment)
                      .withLabels(labels)
                      .withNetworkDisabled(true)
                      .withHostConfig(
                          HostConfig.newHostConfig()
                              .withNetworkMode("none")
                              .withLogConfig(log)
                              .withMounts(mounts)
                              .withUsernsMode(namespace));
              return user.isEmpty() ? create.exec() : create.withUser(user).exec();
            })
        .getId();
  }

  private static void removeThoughInterrupted(
      Containers containers, String container, String operation, String subject)
      throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    try {
      containers.remove(container, operation, subject);
    } catch (BpgException e) {
      // What the program did is what counts; a container that is left is removed with the branch,
      // or by the next one of its name.
      org.slf4j.LoggerFactory.getLogger(OneShot.class)
          .debug("could not remove the container {}", container, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
