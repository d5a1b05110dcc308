package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a daemon.
 *
 * @param id its id, which no other daemon has; empty if it does not tell
 * @param architecture its machine's processor, such as {@code x86_64}
 * @param rootless whether it runs without the rights of root
 * @param podman whether it is Podman
 */
record DaemonFacts(String id, String architecture, boolean rootless, boolean podman) {

  static DaemonFacts of(Version version, Info info) {
    List<String> options = Optional.ofNullable(info.getSecurityOptions()).orElse(List.of());
    return new DaemonFacts(
        Optional.ofNullable(info.getId()).orElse(""),
        String.valueOf(info.getArchitecture()),
        options.stream().anyMatch(option -> option.contains("rootless")),
        version.getComponents() != null
            && version.getComponents().stream()
                .anyMatch(component -> String.valueOf(component.getName()).contains("Podman")));
  }

  /** A log that can be read again, which a daemon's default need not be; of limited size. */
  LogConfig log() {
    return podman
        ? new LogConfig(LoggingType.JSON_FILE, Map.of("max-size", "10m"))
        : new LogConfig(LoggingType.LOCAL, Map.of("max-size", "10m", "max-file", "2"));
  }
}
