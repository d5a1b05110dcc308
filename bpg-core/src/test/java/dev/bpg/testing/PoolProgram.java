package dev.bpg.testing;

import dev.bpg.Bpg;
import dev.bpg.BranchPool;
import dev.bpg.TemporaryBranch;
import dev.bpg.model.PoolLimits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program that takes branches of a pool, gives each back and says {@code turn}, until it is
 * killed; another one waits ahead all the time.
 */
public final class PoolProgram {

  private PoolProgram() {}

  /** Takes the home, the parent and its snapshot. */
  public static void main(String[] arguments) throws Exception {
    try (Bpg bpg = PostgresHome.in(Path.of(arguments[0])).open()) {
      PoolLimits limits =
          PoolLimits.defaults().withAhead(2).withReserve(0).withIdle(Duration.ofMinutes(5));
      BranchPool pool = bpg.pool(bpg.from(arguments[1]).snapshot(arguments[2]), limits);
      while (true) {
        try (TemporaryBranch branch = pool.take()) {
          Sql.execute(branch, "CREATE TABLE mine ()");
          System.out.println("turn");
        }
      }
    }
  }
}
