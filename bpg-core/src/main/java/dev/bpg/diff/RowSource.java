package dev.bpg.diff;

import java.util.stream.Stream;

/** Reads the rows of a table that differ, when they are asked for. Thread-safe. */
@FunctionalInterface
public interface RowSource {

  /**
   * Opens them, in no particular order.
   *
   * @param table the table
   * @return a stream that holds connections until it is closed
   */
  Stream<RowChange> open(TableChange table);
}
