package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.CollationVersions;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.ContainerRuntime;
import dev.bpg.server.Endpoint;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The build that runs a branch in a container: its parent's, or the image's that was asked for,
 * which may sort text otherwise.
 *
 * @param parents the build that made the data
 * @param chosen the build that is to run on it
 */
record ContainerBuild(PostgresBuild parents, PostgresBuild chosen) {

  /** The name of the runtime whose servers are containers. */
  static final String RUNTIME = "docker";

  /**
   * The build for a branch.
   *
   * @param image the image wanted; empty for the parent's own, or where that is a process, the one
   *     that a new database of its version would get
   * @throws dev.bpg.error.UnavailableException if the image cannot be had, has no Postgres, or one
   *     of another major version
   */
  static ContainerBuild of(Parts parts, CloneSource source, Optional<String> image) {
    PostgresBuild own = source.build();
    return image.isEmpty() && source.runtime().equals(RUNTIME)
        ? new ContainerBuild(own, own)
        : new ContainerBuild(own, runtime(parts).choose(OptionalInt.of(own.major()), image));
  }

  /** The runtime whose servers are containers. */
  static ContainerRuntime runtime(Parts parts) {
    return (ContainerRuntime) parts.runtimes().named(RUNTIME);
  }

  /**
   * Looks whether the build that runs sorts the text in indexes as the one that made them.
   *
   * @throws RefusedException if it does not
   */
  void check(BranchRecord parent, Endpoint server) {
    if (chosen.equals(parents)) {
      return;
    }
    Optional<String> difference;
    try {
      difference = CollationVersions.firstDifference(server);
    } catch (SQLException e) {
      throw new StartFailedException(
          "compare the collations of",
          parent.name().toString(),
          String.valueOf(e.getMessage()),
          "run it in the image that made its data",
          e);
    }
    if (difference.isPresent()) {
      throw new RefusedException(
          "branch",
          parent.name().toString(),
          chosen
              + " may sort text otherwise than "
              + parents
              + ", which made its indexes: "
              + difference.get(),
          parents.origin().startsWith(RUNTIME)
              ? "name no image, or the one that made it"
              : "make the database with server.type: docker, or with the locale C");
    }
  }
}
