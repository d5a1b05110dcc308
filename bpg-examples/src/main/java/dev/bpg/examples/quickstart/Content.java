package dev.bpg.examples.quickstart;

import dev.bpg.DatabaseBuilder;
import java.util.List;
import java.util.stream.IntStream;

/** What is in the database, and how each side of the tour changes it. */
interface Content {

  /** What it is, in a few words. */
  String title();

  /** Has a database filled at its creation, reporting on the way. */
  void addTo(DatabaseBuilder database, Terminal terminal);

  /** The tables whose rows are counted on each side. */
  List<String> tables();

  /** What changes in the parent once there are branches. */
  Change inParent();

  /** What changes in the fast branch. */
  Change inFast();

  /** What changes in the consistent branch. */
  Change inConsistent();

  /**
   * A change that can be seen in the number of rows.
   *
   * @param story what it does, in a few words
   * @param sql how
   * @param rows how many rows are added to each of the tables, or, below zero, taken away; {@link
   *     #ALL} for all
   */
  record Change(String story, String sql, List<Long> rows) {

    static final long ALL = Long.MIN_VALUE;

    /** The numbers of rows after it. */
    List<Long> applyTo(List<Long> before) {
      return IntStream.range(0, rows.size())
          .mapToObj(i -> rows.get(i) == ALL ? 0L : before.get(i) + rows.get(i))
          .toList();
    }
  }
}
