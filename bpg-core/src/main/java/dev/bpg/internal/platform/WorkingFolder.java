package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders in which the processes of this machine work. */
public final class WorkingFolder {

  private static final Path PROCESSES = Path.of("/proc");

  private WorkingFolder() {}

  /**
   * Whether a process runs and works in a folder, by its real path. False for one that has ended,
   * for another user's, and for a number that means another process in a container.
   */
  public static boolean isOf(int process, Path folder) {
    Path link = PROCESSES.resolve(Integer.toString(process)).resolve("cwd");
    try {
      return Files.readSymbolicLink(link).equals(folder);
    } catch (IOException e) {
      return false;
    }
  }
}
