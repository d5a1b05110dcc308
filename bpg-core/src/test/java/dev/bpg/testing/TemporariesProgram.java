package dev.bpg.testing;

import dev.bpg.Bpg;
import dev.bpg.TemporaryBranch;
import java.nio.file.Path;

/**
 * A program that makes five temporary branches, one of another, says {@code ready}, and closes its
 * home when its standard input ends. Then it says {@code closed} and stays until it is killed.
 */
public final class TemporariesProgram {

  private TemporariesProgram() {}

  /** Takes the home, the parent and a prefix of the branches' names. */
  public static void main(String[] arguments) throws Exception {
    try (Bpg bpg = PostgresHome.in(Path.of(arguments[0])).open()) {
      for (int i = 1; i <= 4; i++) {
        TemporaryBranch branch = bpg.from(arguments[1]).named(arguments[2] + i).createTemporary();
        if (i == 4) {
          branch.branch().named(arguments[2] + "grandchild").createTemporary();
        }
      }
      System.out.println("ready");
      System.in.readAllBytes();
    }
    System.out.println("closed");
    Thread.currentThread().join();
  }
}
