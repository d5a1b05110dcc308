package dev.bpg.benchmarks;

import dev.bpg.Branch;
import dev.bpg.BranchBuilder;
import dev.bpg.benchmarks.measure.Timed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * A new branch, from the call to its first row; deleted afterwards.
 *
 * @param builder describes the branch anew each time
 */
record ColdCreation(Supplier<BranchBuilder> builder) implements Timed {

  @Override
  public double run() throws SQLException {
    long start = System.nanoTime();
    Branch branch = builder.get().create();
    try {
      query(branch, "SELECT 1");
      return Timed.millisSince(start);
    } finally {
      branch.delete();
    }
  }

  /** The first column of a query's first row. */
  static String query(Branch branch, String sql) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
