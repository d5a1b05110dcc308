package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.model.Container;
import dev.bpg.error.BusyException;
import dev.bpg.model.BranchId;
import dev.bpg.server.ServerRuntime.Shutdown;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The end of a branch's containers, those that a killed process left included. */
final class ContainerStop {

  private static final String OPERATION = "stop";
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Daemon daemon;
  private final Containers containers;

  ContainerStop(Daemon daemon, Containers containers) {
    this.daemon = daemon;
    this.containers = containers;
  }

  void run(BranchId id, String subject, Shutdown how, Duration timeout)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (Container container : containers.of(id, OPERATION, subject)) {
      if (!Containers.SERVER.equals(container.getLabels().get(Containers.ROLE))) {
        // An initdb whose process is gone: nobody waits for what it makes.
        containers.remove(container.getId(), OPERATION, subject);
      } else if ("created".equals(container.getState())) {
        // Its start may be on its way, sent by a process that died; and it has no log to keep.
        containers.remove(container.getId(), OPERATION, subject);
      } else if (isLive(container)) {
        end(container.getId(), subject, how, Duration.ofNanos(deadline - System.nanoTime()));
      }
    }
  }

  /** Whether a container runs, or is about to run again. */
  static boolean isLive(Container container) {
    return List.of("running", "restarting", "paused").contains(container.getState());
  }

  /** Ends a server that runs. */
  void end(String container, String subject, Shutdown how, Duration timeout)
      throws IOException, InterruptedException {
    // The kernel drops other signals for the first process of a container as long as it has no
    // handler for them, as Postgres has none in its first milliseconds. So one is killed, which
    // ends
    // all of its processes at once, and the other is told again after growing pauses.
    String signal = how == Shutdown.FAST ? ServerContainer.STOP_SIGNAL : "SIGKILL";
    long deadline = System.nanoTime() + timeout.toNanos();
    Duration pause = FIRST_PAUSE;
    try (Ending ending = Ending.of(daemon, container, OPERATION, subject)) {
      boolean ended = false;
      while (!ended && System.nanoTime() - deadline < 0) {
        containers.signal(container, signal, OPERATION, subject);
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        ended = ending.await(pause.compareTo(left) < 0 ? pause : left);
        pause = pause.multipliedBy(2);
      }
      if (!ended) {
        throw new BusyException(
            OPERATION,
            subject,
            "its container still runs after " + timeout.toMillis() + " ms",
            "stop it with Shutdown.IMMEDIATE or a longer time-out");
      }
    }
  }
}
