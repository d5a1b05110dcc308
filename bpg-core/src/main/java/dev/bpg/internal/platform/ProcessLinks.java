package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the processes of this machine work and what they run: proc(5). Nothing is known of one that
 * has ended, of a zombie, nor of another user's. What was deleted or replaced meanwhile has its
 * path still. A number that comes out of a container means another process here.
 */
public final class ProcessLinks {

  private static final Path PROCESSES = Path.of("/proc");
  private static final String DELETED = " (deleted)";

  private ProcessLinks() {}

  /** The real path of the folder in which a process works. */
  public static Optional<Path> workingFolder(int process) {
    return read(process, "cwd");
  }

  /** The real path of the program that a process runs. */
  public static Optional<Path> program(int process) {
    return read(process, "exe");
  }

  private static Optional<Path> read(int process, String name) {
    try {
      Path link = PROCESSES.resolve(Integer.toString(process)).resolve(name);
      String target = Files.readSymbolicLink(link).toString();
      return Optional.of(
          Path.of(
              target.endsWith(DELETED)
                  ? target.substring(0, target.length() - DELETED.length())
                  : target));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
