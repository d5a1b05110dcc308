package dev.bpg.internal.server.process;

import dev.bpg.error.BusyException;
import dev.bpg.internal.platform.RunningProcess;
import dev.bpg.internal.platform.RunningProcess.Signal;
import dev.bpg.internal.server.PostmasterFile;
import dev.bpg.model.BranchId;
import dev.bpg.server.ServerRuntime.Shutdown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The end of a server. */
final class ServerStop {

  private final BranchId id;
  private final Path dataFolder;
  private final Duration timeout;
  private final long deadline;

  ServerStop(BranchId id, Path dataFolder, Duration timeout) {
    this.id = id;
    this.dataFolder = dataFolder;
    this.timeout = timeout;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** Ends the postmaster, which ends its children; then whatever outlived a killed one. */
  void run(Shutdown how) throws IOException, InterruptedException {
    boolean singleUser =
        PostmasterFile.read(dataFolder).filter(PostmasterFile::singleUser).isPresent();
    // One of an initdb is not all there is: the initdb would go on without it.
    Optional<Postmaster> found = singleUser ? Optional.empty() : Postmaster.find(dataFolder);
    if (found.isPresent()) {
      try (Postmaster postmaster = found.get()) {
        postmaster.process().signal(how == Shutdown.FAST ? Signal.INT : Signal.QUIT);
        await(postmaster.process());
      }
      return;
    }
    endStrays();
  }

  /**
   * Ends the processes of a server whose postmaster has gone, or has not yet written its file. Such
   * a server can save nothing any more, so it is always an immediate shutdown.
   */
  void endStrays() throws IOException, InterruptedException {
    List<Integer> strays = ServerProcesses.all(dataFolder);
    while (!strays.isEmpty()) {
      // All before any is waited for: an initdb ends after the postgres that it waits for itself.
      for (int pid : strays) {
        signal(pid);
      }
      for (int pid : strays) {
        await(pid);
      }
      // What was ended may have started another one just before.
      strays = ServerProcesses.all(dataFolder);
    }
  }

  private void signal(int pid) throws IOException {
    Optional<RunningProcess> stray = ServerProcesses.open(pid, dataFolder);
    if (stray.isPresent()) {
      try (RunningProcess process = stray.get()) {
        process.signal(Signal.QUIT);
      }
    }
  }

  private void await(int pid) throws IOException, InterruptedException {
    Optional<RunningProcess> stray = ServerProcesses.open(pid, dataFolder);
    if (stray.isPresent()) {
      try (RunningProcess process = stray.get()) {
        await(process);
      }
    }
  }

  private void await(RunningProcess process) throws IOException, InterruptedException {
    if (!process.awaitExit(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
      throw new BusyException(
          "stop",
          "the server of branch " + id,
          "process " + process.pid() + " still runs after " + timeout.toMillis() + " ms",
          "stop it with Shutdown.IMMEDIATE or a longer time-out");
    }
  }
}
