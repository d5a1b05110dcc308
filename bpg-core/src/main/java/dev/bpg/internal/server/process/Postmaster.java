package dev.bpg.internal.server.process;

import dev.bpg.internal.platform.FolderWatch;
import dev.bpg.internal.platform.FolderWatch.Wake;
import dev.bpg.internal.platform.RunningProcess;
import dev.bpg.internal.platform.RunningProcess.Signal;
import dev.bpg.internal.server.PostmasterFile;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The living postmaster of a data folder.
 *
 * @param process the process, which the receiver closes
 * @param dataFolder its data folder
 */
record Postmaster(RunningProcess process, Path dataFolder) implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  // A postmaster kills its children when they have not ended 5 s after an immediate shutdown.
  private static final Duration UNTIL_KILLED = Duration.ofSeconds(8);

  /** Finds the one that {@code postmaster.pid} names, if it lives. */
  static Optional<Postmaster> find(Path dataFolder) throws IOException {
    Optional<PostmasterFile> file = PostmasterFile.read(dataFolder);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    return ServerProcesses.open(file.get().pid(), dataFolder)
        .map(process -> new Postmaster(process, dataFolder));
  }

  /** Where it listens, if it is ready. */
  Optional<Endpoint> endpoint() throws IOException {
    return PostmasterFile.read(dataFolder)
        .filter(file -> file.pid() == process.pid() && file.isReady())
        .map(Postmaster::endpoint);
  }

  static Endpoint endpoint(PostmasterFile file) {
    return new Endpoint(
        HOST,
        file.port(),
        file.socketFolder().map(folder -> SocketFolders.socket(folder, file.port())));
  }

  /**
   * Waits until it is ready, has ended, or the time is over.
   *
   * @param watch one of the data folder, opened before the postmaster started
   * @return where it listens; empty in the two other cases
   */
  Optional<Endpoint> awaitReady(FolderWatch watch, long deadlineNanos)
      throws IOException, InterruptedException {
    while (true) {
      Optional<Endpoint> endpoint = endpoint();
      if (endpoint.isPresent()) {
        return endpoint;
      }
      if (watch.await(process, deadlineNanos) != Wake.CHANGED) {
        return Optional.empty();
      }
    }
  }

  /** Ends it at once with all its children; an interrupt does not stop that. */
  void end() throws IOException {
    process.signal(Signal.QUIT);
    if (!Uninterruptibly.awaitExit(process, UNTIL_KILLED)) {
      process.signal(Signal.KILL);
      Uninterruptibly.awaitExit(process, UNTIL_KILLED);
    }
    for (int pid : ServerProcesses.all(dataFolder)) {
      Optional<RunningProcess> left = ServerProcesses.open(pid, dataFolder);
      if (left.isPresent()) {
        try (RunningProcess child = left.get()) {
          child.signal(Signal.KILL);
          Uninterruptibly.awaitExit(child, UNTIL_KILLED);
        }
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
