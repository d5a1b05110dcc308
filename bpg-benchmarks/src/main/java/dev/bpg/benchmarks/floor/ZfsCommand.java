package dev.bpg.benchmarks.floor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Snapshot, clone and mount by the {@code zfs} command, which mounts by itself. */
public final class ZfsCommand implements ZfsClone {

  @Override
  public void make(String source, String snapshot, String target, Path folder)
      throws IOException, InterruptedException {
    run("zfs", "snapshot", source + "@" + snapshot);
    run("zfs", "clone", "-o", "mountpoint=" + folder, source + "@" + snapshot, target);
  }

  private static void run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(List.of(words) + ": " + output.strip());
    }
  }
}
