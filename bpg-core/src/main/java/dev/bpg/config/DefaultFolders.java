package dev.bpg.config;

import dev.bpg.error.UnavailableException;
import java.nio.file.Path;
import java.util.Optional;

/** The folders of a configuration that names none. */
final class DefaultFolders {

  private DefaultFolders() {}

  static Path home(Environment environment) {
    return folder(environment, "/var/lib/bpg", "XDG_DATA_HOME", ".local/share")
        .orElseThrow(
            () ->
                new UnavailableException(
                    "choose",
                    "the folder for bpg's data",
                    "this user has no home folder",
                    "set BPG_HOME to a folder that this user may write to"));
  }

  static Path cache(Environment environment, Path home) {
    return folder(environment, "/var/cache/bpg", "XDG_CACHE_HOME", ".cache")
        .orElse(home.resolve("cache"));
  }

  private static Optional<Path> folder(
      Environment environment, String ofRoot, String variable, String belowUserHome) {
    if (environment.root()) {
      return Optional.of(Path.of(ofRoot));
    }
    // The XDG base directory specification: a path that is not absolute is to be ignored.
    return Optional.ofNullable(environment.variables().get(variable))
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .or(() -> Optional.of(environment.userHome().resolve(belowUserHome)))
        .filter(Path::isAbsolute)
        .map(base -> base.resolve("bpg"));
  }
}
