package dev.bpg.benchmarks;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.benchmarks.measure.Timed;
import java.sql.SQLException;

/**
 * A branch that is timed to its first row and then compared with its parent, row by row.
 *
 * @param parent the parent's name
 * @param content the checksum of the parent's rows
 */
record CheckedCreation(String parent, String content) {

  /** Something to do after the time is taken and before the branch is deleted. */
  @FunctionalInterface
  interface Meeting {
    void await() throws Exception;
  }

  /** The number and the checksum of a branch's rows. */
  static String content(Branch branch) throws SQLException {
    return ColdCreation.query(
        branch, "SELECT count(*) || ' ' || sum(hashtextextended(payload, id)) FROM filler");
  }

  /**
   * Makes one, and says how many milliseconds it took.
   *
   * @param afterwards waits until all have been timed, so that the check does not slow others down
   */
  double run(Bpg bpg, Meeting afterwards) throws Exception {
    long start = System.nanoTime();
    Branch branch = bpg.from(parent).fast().create();
    try {
      ColdCreation.query(branch, "SELECT 1");
      double millis = Timed.millisSince(start);
      afterwards.await();
      String found = content(branch);
      if (!found.equals(content)) {
        throw new IllegalStateException(branch + " has " + found + ", its parent " + content);
      }
      return millis;
    } finally {
      branch.delete();
    }
  }
}
