package dev.bpg.internal.server.process;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.server.Version;
import dev.bpg.model.PostgresBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** All the places where binaries can come from, in their order. */
final class Binaries {

  private final Optional<Path> configured;
  private final Platform platform;
  private final FolderBinaries folders;
  private final EmbeddedBinaries embedded;
  private final SystemBinaries system;
  private final Map<PostgresBuild, Installation> resolved = new ConcurrentHashMap<>();

  Binaries(ProcessOptions options, Platform platform, ServerAccount account) {
    VersionProbe probe = new VersionProbe(options.cache(), account);
    this.configured = options.binaries();
    this.platform = platform;
    this.folders = new FolderBinaries(probe);
    this.embedded = new EmbeddedBinaries(options, platform, probe);
    this.system = new SystemBinaries(probe);
  }

  /** The binaries for a new data folder. */
  Installation choose(OptionalInt major) throws IOException, InterruptedException {
    if (major.isPresent() && !new Version(major.getAsInt(), 0, "").fits(major)) {
      throw new UnavailableException(
          "find",
          "Postgres " + major.getAsInt(),
          "bpg runs " + PostgresBuild.OLDEST + " to " + PostgresBuild.NEWEST,
          "ask for one of these");
    }
    if (configured.isPresent()) {
      return folders.in(configured.get(), major);
    }
    Optional<Installation> found = embedded.find(major);
    if (found.isEmpty()) {
      found = system.find(major);
    }
    if (found.isPresent()) {
      return found.get();
    }
    List<String> versions = embedded.versions();
    throw new UnavailableException(
        "find",
        major.isPresent() ? "Postgres " + major.getAsInt() : "Postgres",
        (versions.isEmpty()
                ? "there are no embedded binaries on the class path"
                : "the class path has only " + String.join(", ", versions))
            + ", and there is none in "
            + SystemBinaries.PLACES,
        "add " + platform.artifact(major.orElse(PostgresBuild.NEWEST)) + " to the class path");
  }

  /** The binaries that may run a data folder: of the same major version and the same origin. */
  Installation of(PostgresBuild build) throws IOException, InterruptedException {
    Installation known = resolved.get(build);
    if (known != null && known.exists()) {
      return known;
    }
    Installation found = find(build);
    resolved.put(build, found);
    return found;
  }

  private Installation find(PostgresBuild build) throws IOException, InterruptedException {
    OptionalInt major = OptionalInt.of(build.major());
    return switch (build.origin()) {
      case EmbeddedBinaries.ORIGIN ->
          embedded
              .find(major)
              .orElseThrow(
                  () ->
                      missing(
                          build,
                          "they are not on the class path",
                          "add " + platform.artifact(build.major()) + " to the class path"));
      case SystemBinaries.ORIGIN ->
          system
              .find(major)
              .orElseThrow(
                  () ->
                      missing(
                          build,
                          "they are not in " + SystemBinaries.PLACES,
                          "install Postgres " + build.major() + " on this machine"));
      default -> inFolder(build, major);
    };
  }

  // The folder that made the data, or, if that has gone, the one that is configured now.
  private Installation inFolder(PostgresBuild build, OptionalInt major)
      throws IOException, InterruptedException {
    if (!build.origin().startsWith(FolderBinaries.ORIGIN)) {
      throw missing(
          build, "bpg knows no origin " + build.origin(), "create the database again here");
    }
    Path folder = Path.of(build.origin().substring(FolderBinaries.ORIGIN.length()));
    if (Files.isDirectory(folder)) {
      return folders.in(folder, major);
    }
    if (configured.isPresent()) {
      return folders.in(configured.get(), major);
    }
    throw missing(
        build, "the folder " + folder + " is missing", "put Postgres " + build.major() + " there");
  }

  private static UnavailableException missing(PostgresBuild build, String reason, String hint) {
    return new UnavailableException("find", "the binaries of " + build, reason, hint);
  }
}
