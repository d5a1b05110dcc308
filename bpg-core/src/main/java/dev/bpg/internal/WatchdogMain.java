package dev.bpg.internal;

import dev.bpg.config.BpgConfig;
import dev.bpg.config.BpgConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The main class of a watchdog: a small JVM that cleans up after the holder of one lease, if it was
 * killed. Where nothing smaller could wait for the lease's end, it does.
 */
public final class WatchdogMain {

  private WatchdogMain() {}

  /**
   * Waits and cleans up.
   *
   * @param arguments the home folder, the storage folder, the lease's id, and the dataset of ZFS if
   *     there is one
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BpgConfigBuilder config =
        BpgConfig.builder().home(Path.of(arguments[0])).storagePath(Path.of(arguments[1]));
    if (arguments.length > 3) {
      config.zfsDataset(arguments[3]);
    }
    Assembly.watch(config.build(), arguments[2]);
  }
}
