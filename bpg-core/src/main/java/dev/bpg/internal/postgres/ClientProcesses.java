package dev.bpg.internal.postgres;

import dev.bpg.internal.platform.ProcessLinks;
import dev.bpg.internal.platform.RunningProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes that serve clients, found without becoming a client: each process of a server says
 * in its title what it is. Postgres manual, "Standard Unix Tools".
 */
public final class ClientProcesses {

  /** A session that its client has just closed takes a moment to end, and a connection more. */
  public static final Duration ENDING = Duration.ofMillis(20);

  private static final Path PROCESSES = Path.of("/proc");
  private static final String TITLE = "postgres: ";
  private static final List<String> OWN =
      List.of(
          "archiver",
          "autovacuum launcher",
          "background writer",
          "checkpointer",
          "io worker",
          "logger",
          "logical replication launcher",
          "slotsync worker",
          "startup",
          "walsummarizer",
          "walwriter");

  private ClientProcesses() {}

  /**
   * Whether it is sure that a server on this machine has none. It is not where a process has a
   * title that is not known, such as that of a cluster with a name, nor where the kernel does not
   * tell whose processes are whose, nor of a server in a container.
   *
   * @param data the server's data folder
   * @param patience how long to wait for those that may be ending
   */
  public static boolean areGone(Path data, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<List<Integer>> others = others(data);
      if (others.isEmpty()) {
        return false;
      }
      if (others.get().isEmpty()) {
        // Linux leaves some out when another one ends just then: proc_pid_task(5). So, once more.
        return others(data).equals(others);
      }
      for (int process : others.get()) {
        if (!hasEnded(process, Duration.ofNanos(deadline - System.nanoTime()))) {
          return false;
        }
      }
    }
  }

  private static boolean hasEnded(int process, Duration patience)
      throws IOException, InterruptedException {
    Optional<RunningProcess> running = RunningProcess.open(process);
    if (running.isEmpty()) {
      return true;
    }
    try (RunningProcess held = running.get()) {
      return !patience.isNegative() && held.awaitExit(patience);
    }
  }

  /** Those that are not known to be the server's own; empty if that cannot be told. */
  private static Optional<List<Integer>> others(Path data) {
    try {
      String postmaster = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
      if (ProcessLinks.workingFolder(Integer.parseInt(postmaster))
          .filter(data.toRealPath()::equals)
          .isEmpty()) {
        return Optional.empty();
      }
      Path tasks = PROCESSES.resolve(postmaster).resolve("task");
      String children = Files.readString(tasks.resolve(postmaster).resolve("children")).strip();
      List<Integer> others = new ArrayList<>();
      for (String child : children.split(" +")) {
        if (!isOwn(child)) {
          others.add(Integer.valueOf(child));
        }
      }
      return Optional.of(others);
    } catch (IOException | NumberFormatException e) {
      // It has just ended, or this kernel has no such file. Whoever wants to know asks the server.
      return Optional.empty();
    }
  }

  private static boolean isOwn(String process) {
    try {
      byte[] line = Files.readAllBytes(PROCESSES.resolve(process).resolve("cmdline"));
      String title = new String(line, StandardCharsets.UTF_8);
      return title.startsWith(TITLE)
          && OWN.stream().anyMatch(title.substring(TITLE.length())::startsWith);
    } catch (IOException e) {
      return false; // It has just ended: before its file was opened, or before it was read.
    }
  }
}
