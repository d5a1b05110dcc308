package dev.bpg.testing;

import dev.bpg.Bpg;
import dev.bpg.TemporaryBranch;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.StorageType;
import java.nio.file.Path;

/**
 * A program that makes five temporary branches, one of another, says {@code ready}, and closes its
 * home when its standard input ends. Then it says {@code closed} and stays until it is killed.
 */
public final class TemporariesProgram {

  private TemporariesProgram() {}

  /** Takes the home, the cache, the parent and a prefix of the branches' names. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    BpgConfig config =
        BpgConfig.builder()
            .home(folder)
            .storage(StorageType.COPY)
            .storagePath(WiredHome.volumes(folder))
            .processCache(Path.of(arguments[1]))
            .build();
    try (Bpg bpg = Bpg.open(config)) {
      for (int i = 1; i <= 4; i++) {
        TemporaryBranch branch = bpg.from(arguments[2]).named(arguments[3] + i).createTemporary();
        if (i == 4) {
          branch.branch().named(arguments[3] + "grandchild").createTemporary();
        }
      }
      System.out.println("ready");
      System.in.readAllBytes();
    }
    System.out.println("closed");
    Thread.currentThread().join();
  }
}
