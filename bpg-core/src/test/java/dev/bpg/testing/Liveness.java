package dev.bpg.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether processes run, which is not the same as whether they are listed. */
public final class Liveness {

  private Liveness() {}

  /** Whether one runs. One that has ended is listed for as long as its parent does not look. */
  public static boolean isRunning(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }
}
