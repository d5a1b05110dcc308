package dev.bpg.benchmarks;

import dev.bpg.Bpg;
import dev.bpg.config.StorageType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What each process of {@link Jvms} runs. */
final class ConcurrentJvm {

  private ConcurrentJvm() {}

  /**
   * Makes one branch when told to.
   *
   * @param args the home folder, the storage, the parent's name, the checksum of its rows
   */
  public static void main(String[] args) throws Exception {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    StorageFolder storage = new StorageFolder(StorageType.valueOf(args[1]), Path.of(args[0]));
    try (Bpg bpg = Bpg.open(Workspace.config(Path.of(args[0]), storage).build())) {
      // Loads what a first branch loads: ten JVMs doing that at once would measure nothing else.
      bpg.from(args[2]).fast().create().delete();
      out.println("ready");
      awaitLine();
      // The time is said before the check, so that the others' are not disturbed by it.
      long start = System.nanoTime();
      new CheckedCreation(args[2], args[3])
          .run(
              bpg,
              () -> {
                out.println((System.nanoTime() - start) / 1e6);
                awaitLine();
              });
    }
  }

  private static void awaitLine() throws IOException {
    if (System.in.read() < 0) {
      throw new IOException("the benchmark ended");
    }
  }
}
