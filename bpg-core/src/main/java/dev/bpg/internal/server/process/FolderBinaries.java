package dev.bpg.internal.server.process;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.server.Version;
import dev.bpg.model.PostgresBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Postgres in a folder that the configuration names. */
final class FolderBinaries {

  static final String ORIGIN = "folder:";

  private final VersionProbe probe;

  FolderBinaries(VersionProbe probe) {
    this.probe = probe;
  }

  /**
   * What is in a folder, or in {@code bin} below it.
   *
   * @throws UnavailableException if that is not Postgres of a version that will do
   */
  Installation in(Path folder, OptionalInt major) throws IOException, InterruptedException {
    Path bin = Installation.isIn(folder.resolve("bin")) ? folder.resolve("bin") : folder;
    if (!Installation.isIn(bin)) {
      throw unusable(folder, "there are no executable files bin/postgres and bin/initdb in it");
    }
    Version version = probe.of(bin);
    if (!version.fits(OptionalInt.empty())) {
      throw unusable(
          folder,
          "it holds Postgres "
              + version.text()
              + ", and bpg runs "
              + PostgresBuild.OLDEST
              + " to "
              + PostgresBuild.NEWEST);
    }
    if (!version.fits(major)) {
      throw unusable(
          folder,
          "it holds Postgres " + version.text() + ", and " + major.getAsInt() + " is wanted");
    }
    return new Installation(bin, version.build(ORIGIN + folder));
  }

  private static UnavailableException unusable(Path folder, String reason) {
    return new UnavailableException(
        "use",
        "the Postgres binaries in " + folder,
        reason,
        "name a folder that has bin/postgres of the version wanted");
  }
}
