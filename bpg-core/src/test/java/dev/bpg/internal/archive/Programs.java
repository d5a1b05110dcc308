package dev.bpg.internal.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that tests need. */
final class Programs {

  private Programs() {}

  /** Where a program is. */
  static Optional<Path> find(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where a program is; without it the test is skipped, or fails where everything has to run. */
  static Path require(String name) {
    return find(name)
        .orElseGet(
            () -> {
              String message = "needs the program " + name + ": install it";
              if ("true".equals(System.getenv("BPG_REQUIRE"))) {
                Assertions.fail(message);
              }
              return Assumptions.abort(message);
            });
  }
}
