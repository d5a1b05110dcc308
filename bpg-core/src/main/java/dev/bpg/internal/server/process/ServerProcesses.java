package dev.bpg.internal.server.process;

import dev.bpg.internal.platform.ProcessLinks;
import dev.bpg.internal.platform.RunningProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the processes of a server by what cannot be forged: they run {@code postgres}, or the
 * {@code initdb} before it, and their working folder is the data folder. A number in a file alone
 * proves nothing, for it may have gone to another process since.
 */
final class ServerProcesses {

  private static final Path PROC = Path.of("/proc");
  // An initdb goes on when the process that started it is killed, and runs postgres again and
  // again.
  private static final Set<String> PROGRAMS = Set.of("postgres", "initdb");

  private ServerProcesses() {}

  /** Holds the process of a number if it is one of the data folder's server. */
  static Optional<RunningProcess> open(int pid, Path dataFolder) throws IOException {
    Optional<RunningProcess> process = RunningProcess.open(pid);
    // Opened first, then checked: now the number cannot change hands in between.
    if (process.isPresent() && !isServerOf(pid, real(dataFolder))) {
      process.get().close();
      return Optional.empty();
    }
    return process;
  }

  /** The numbers of all processes of the data folder's server, the postmaster's too. */
  static List<Integer> all(Path dataFolder) throws IOException {
    Path folder = real(dataFolder);
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> numbers = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path number : numbers) {
        int pid = Integer.parseInt(number.getFileName().toString());
        if (isServerOf(pid, folder)) {
          pids.add(pid);
        }
      }
    }
    return pids;
  }

  // Of a process that has ended, a zombie, or another user's process nothing is known: none is a
  // server that this process could have started. The binary may have been replaced by an upgrade.
  private static boolean isServerOf(int pid, Path folder) {
    return ProcessLinks.workingFolder(pid).filter(folder::equals).isPresent()
        && ProcessLinks.program(pid)
            .filter(program -> PROGRAMS.contains(program.getFileName().toString()))
            .isPresent();
  }

  private static Path real(Path dataFolder) throws IOException {
    return Files.exists(dataFolder)
        ? dataFolder.toRealPath()
        : dataFolder.toAbsolutePath().normalize();
  }
}
