package dev.bpg.benchmarks;

import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.benchmarks.measure.Timed;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A new temporary branch, from the call to its first row; closed afterwards.
 *
 * @param parent what it is made from
 */
record TemporaryCreation(Branch parent) implements Timed {

  @Override
  public double run() throws SQLException {
    long start = System.nanoTime();
    try (TemporaryBranch branch = parent.branch().fast().createTemporary()) {
      try (Connection connection = branch.dataSource().getConnection()) {
        connection.createStatement().executeQuery("SELECT 1").next();
      }
      return Timed.millisSince(start);
    }
  }
}
