package dev.bpg.config;

import dev.bpg.error.UnavailableException;
import java.nio.file.Path;
import java.util.Optional;

/** The folders of a configuration that names none. */
final class DefaultFolders {

  private DefaultFolders() {}

  static Path home(Environment environment) {
    return folder(environment, "/var/lib/bpg", "XDG_DATA_HOME", ".local/share");
  }

  static Path cache(Environment environment) {
    return folder(environment, "/var/cache/bpg", "XDG_CACHE_HOME", ".cache");
  }

  private static Path folder(
      Environment environment, String ofRoot, String variable, String belowUserHome) {
    if (environment.root()) {
      return Path.of(ofRoot);
    }
    // The XDG base directory specification: a path that is not absolute is to be ignored.
    return Optional.ofNullable(environment.variables().get(variable))
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .orElseGet(() -> userHome(environment).resolve(belowUserHome))
        .resolve("bpg");
  }

  private static Path userHome(Environment environment) {
    if (!environment.userHome().isAbsolute()) {
      throw new UnavailableException(
          "choose",
          "the default folders",
          "this user has no home folder",
          "set BPG_HOME and BPG_PROCESS_CACHE to folders that this user may write to");
    }
    return environment.userHome();
  }
}
