package dev.bpg.internal.diff;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table as far as its rows are compared.
 *
 * @param before what it is on the one side; empty if it is not there or holds nothing to be read
 * @param after what it is on the other
 */
record TablePair(Optional<Shape> before, Optional<Shape> after) {

  /**
   * A table on one side.
   *
   * @param schema the name of its schema
   * @param name its name
   * @param partitioned whether its rows are in its partitions; children that merely inherit are
   *     tables of their own
   * @param skipped why its rows are not read; empty if they are
   * @param columns the names of its columns, in order
   * @param keys the columns of each of its keys, the best first
   */
  record Shape(
      String schema,
      String name,
      boolean partitioned,
      String skipped,
      List<String> columns,
      List<List<String>> keys) {}

  /** Either side. */
  Shape any() {
    return after.or(() -> before).orElseThrow();
  }

  /** Whether both have it. */
  boolean isCommon() {
    return before.isPresent() && after.isPresent();
  }

  /** Why it is not compared; empty if it is. */
  String skipped() {
    return sides().map(Shape::skipped).filter(reason -> !reason.isEmpty()).findFirst().orElse("");
  }

  /** The columns that both have, in the order of the side that is looked at. */
  List<String> columns() {
    return any().columns().stream()
        .filter(column -> sides().allMatch(side -> side.columns().contains(column)))
        .toList();
  }

  /** The columns that only one of both has. */
  List<String> columnsLeftOut() {
    return sides()
        .flatMap(side -> side.columns().stream())
        .distinct()
        .filter(column -> sides().anyMatch(side -> !side.columns().contains(column)))
        .toList();
  }

  /** The columns of the best key that both have; none if there is no such key. */
  List<String> key() {
    return any().keys().stream()
        .filter(key -> sides().allMatch(side -> side.keys().contains(key)))
        .findFirst()
        .orElse(List.of());
  }

  /** The columns that tell a row from others: those of its key, or all. */
  List<String> keyOrAll() {
    return key().isEmpty() ? columns() : key();
  }

  private Stream<Shape> sides() {
    return Stream.concat(before.stream(), after.stream());
  }
}
