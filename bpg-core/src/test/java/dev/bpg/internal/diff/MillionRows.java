package dev.bpg.internal.diff;

import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.diff.RowChange;
import dev.bpg.diff.TableChange;
import dev.bpg.server.Endpoint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares two databases in a JVM of its own and says what it found. */
final class MillionRows {

  private MillionRows() {}

  /** Compares {@code a} with {@code b}: {@code port socket}. */
  public static void main(String[] arguments) {
    Endpoint endpoint =
        new Endpoint(
            "127.0.0.1", Integer.parseInt(arguments[0]), Optional.of(Path.of(arguments[1])));
    BranchDiff diff =
        Comparison.of(
            PostgresServer.side(endpoint, "a"),
            PostgresServer.side(endpoint, "b"),
            DiffOptions.defaults());
    diff.tables().forEach(table -> System.out.println("table " + table));
    TableChange all = diff.tables().get(0);
    try (Stream<RowChange> rows = diff.rows(all)) {
      System.out.println("seen " + rows.limit(2000).count());
    }
    System.out.println("memory " + (Runtime.getRuntime().maxMemory() >> 20));
  }
}
