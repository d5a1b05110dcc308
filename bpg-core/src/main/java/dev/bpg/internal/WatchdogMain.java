package dev.bpg.internal;

import dev.bpg.config.BpgConfig;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The main class of a watchdog: a small JVM that waits for one lease to end and cleans up if its
 * holder was killed.
 */
public final class WatchdogMain {

  private WatchdogMain() {}

  /**
   * Waits and cleans up.
   *
   * @param arguments the home folder, the storage folder and the lease's id
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BpgConfig config =
        BpgConfig.builder().home(Path.of(arguments[0])).storagePath(Path.of(arguments[1])).build();
    Assembly.watch(config, arguments[2]);
  }
}
