package dev.bpg.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.jna.Native;
import dev.bpg.config.BpgConfig;
import dev.bpg.internal.catalog.Home;
import dev.bpg.internal.lease.Lease;
import dev.bpg.internal.platform.SpawnRequest;
import dev.bpg.internal.platform.Spawner;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts watchdogs: {@link WatchdogMain} in a JVM of its own, as small as a JVM can be, in a
 * session of its own, so that what kills this process does not kill it.
 */
final class WatchdogProcess {

  private static final Logger LOG = LoggerFactory.getLogger(WatchdogProcess.class);

  // What the watchdog's class path is made of: one class of each library that cleaning up needs.
  private static final List<Class<?>> NEEDED =
      List.of(
          WatchdogMain.class,
          Native.class,
          ObjectMapper.class,
          JsonFactory.class,
          JsonInclude.class,
          YAMLFactory.class,
          Logger.class);

  private final BpgConfig config;
  private final Home home;

  WatchdogProcess(BpgConfig config, Home home) {
    this.config = config;
    this.home = home;
  }

  void start(Lease lease) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Optional<String> classPath = classPath();
    if (classPath.isEmpty() || !Files.isExecutable(java)) {
      LOG.warn(
          "temporary branches of a killed JVM will stay until bpg is used again: {}",
          classPath.isEmpty() ? "bpg was not loaded from jar files or folders" : "no " + java);
      return;
    }
    SpawnRequest request =
        new SpawnRequest(
            java,
            List.of(
                "-Xmx32m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                // It has nothing to log to but its own output, where only a failure is of interest.
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                classPath.get(),
                WatchdogMain.class.getName(),
                config.home().toString(),
                config.storagePath().toString(),
                lease.id()),
            environment(),
            home.folder(),
            home.watchdogLog(),
            Optional.empty());
    Spawner.spawn(request).close();
  }

  // The folder of sockets is in XDG_RUNTIME_DIR where there is one.
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null) {
      environment.put("XDG_RUNTIME_DIR", runtime);
    }
    return environment;
  }

  private static Optional<String> classPath() {
    Set<String> entries = new LinkedHashSet<>();
    for (Class<?> type : NEEDED) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      Optional<Path> file = source == null ? Optional.empty() : file(source.getLocation());
      if (file.isEmpty()) {
        return Optional.empty();
      }
      entries.add(file.get().toString());
    }
    return Optional.of(entries.stream().collect(Collectors.joining(File.pathSeparator)));
  }

  // A jar inside a jar is a URL that no other JVM can be given.
  private static Optional<Path> file(URL location) {
    try {
      return location.getProtocol().equals("file")
          ? Optional.of(Path.of(location.toURI()))
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      LOG.debug("{} is no file", location, e);
      return Optional.empty();
    }
  }
}
