package dev.bpg.internal.server.process;

import dev.bpg.model.PostgresBuild;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Postgres binaries that can be run here.
 *
 * @param bin the folder with {@code postgres} and {@code initdb}
 * @param build what they are
 */
record Installation(Path bin, PostgresBuild build) {

  Path postgres() {
    return bin.resolve("postgres");
  }

  Path initdb() {
    return bin.resolve("initdb");
  }

  /** Whether the binaries are still there. */
  boolean exists() {
    return isIn(bin);
  }

  /** Whether a folder holds the two programs that are needed. */
  static boolean isIn(Path bin) {
    return Files.isExecutable(bin.resolve("postgres"))
        && Files.isExecutable(bin.resolve("initdb"))
        && Files.isRegularFile(bin.resolve("postgres"));
  }
}
