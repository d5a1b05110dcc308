package dev.bpg.testcontainers;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.BpgException;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchName;
import dev.bpg.model.ContainerSpec;
import java.util.Optional;

/** Finds in Testcontainers' failures what really failed. */
final class LaunchFailures {

  private static final String OPERATION = "start a container of";

  private LaunchFailures() {}

  /**
   * Refuses a daemon that bpg would not find the container in.
   *
   * @param daemon the id of the one that Testcontainers talks to
   */
  static void requireSameDaemon(ContainerSpec wanted, String daemon, BranchName source) {
    String id = Optional.ofNullable(daemon).orElse("");
    if (!wanted.daemon().isEmpty() && !id.isEmpty() && !wanted.daemon().equals(id)) {
      throw new UnavailableException(
          OPERATION,
          source.toString(),
          "Testcontainers and bpg talk to different Docker daemons",
          "name one for both by DOCKER_HOST");
    }
  }

  /**
   * What to throw for a container that did not start.
   *
   * @param log what it wrote, if it has ended by itself
   */
  static RuntimeException explain(RuntimeException failure, BranchName source, String log) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BpgException ours) {
        return ours;
      }
      if (cause instanceof DockerException said) {
        return explain(failure, said, source);
      }
    }
    return log.isBlank()
        ? failure
        : new StartFailedException(
            "start the server of a branch of",
            source.toString(),
            "Postgres ended; it wrote:\n" + log.strip(),
            "correct what its last line names",
            failure);
  }

  private static RuntimeException explain(
      RuntimeException failure, DockerException said, BranchName source) {
    String text = String.valueOf(said.getMessage());
    if (said instanceof ConflictException && text.contains("container name")) {
      return new AlreadyExistsException(
          OPERATION,
          source.toString(),
          "one that is used again has its data, and was made with another configuration",
          "delete what Branches.list() has by names with reuse-",
          failure);
    }
    return text.contains("bind source path does not exist")
        ? new UnavailableException(
            OPERATION,
            source.toString(),
            "the Docker daemon does not see bpg's folders: " + text.strip(),
            "use a daemon of this machine, or set home and storage.path to folders that its machine"
                + " has at the same path",
            failure)
        : failure;
  }
}
