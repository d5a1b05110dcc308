package dev.bpg.internal.server.process;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The environment of what this package starts. */
final class Environment {

  private static final Set<String> KEPT =
      Set.of("PATH", "HOME", "LANG", "TZ", "LD_LIBRARY_PATH", "TMPDIR");

  private Environment() {}

  /**
   * Little of our own: no {@code PG…} variable, which Postgres would obey, and no secret of the
   * application, for a server's environment can be read through SQL.
   */
  static Map<String, String> ofServers() {
    return System.getenv().entrySet().stream()
        .filter(e -> KEPT.contains(e.getKey()) || e.getKey().startsWith("LC_"))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
