package dev.bpg.internal;

import dev.bpg.config.BpgConfig;
import dev.bpg.internal.catalog.Home;
import dev.bpg.internal.lease.Lease;
import dev.bpg.internal.platform.SpawnRequest;
import dev.bpg.internal.platform.Spawner;
import dev.bpg.internal.server.docker.DockerRuntime;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts watchdogs, in a session of their own, so that what kills this process does not kill them:
 * a shell that waits for the lease's end, and becomes {@link WatchdogMain} in a JVM as small as a
 * JVM can be if there is something to clean up.
 */
final class WatchdogProcess {

  private static final Logger LOG = LoggerFactory.getLogger(WatchdogProcess.class);

  // What the watchdog's class path is made of: one class of each library that cleaning up needs.
  private static final List<String> NEEDED =
      List.of(
          WatchdogMain.class.getName(),
          "com.sun.jna.Native",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "com.fasterxml.jackson.core.JsonFactory",
          "com.fasterxml.jackson.annotation.JsonInclude",
          "com.fasterxml.jackson.dataformat.yaml.YAMLFactory",
          Logger.class.getName());

  private static final Path SHELL = Path.of("/bin/sh");

  // A JVM that waits would take time and memory from the tests, so flock(1) does. Whoever ends in
  // good order has deleted the lease's file by then. Where there is no such program, or the file
  // system wants the file opened for writing, the JVM waits itself.
  static final String AWAIT_END =
      """
      command -v flock >/dev/null || exec "$@"
      [ -e "$0" ] || exit 0
      exec 3<"$0"
      flock 3 || exec "$@" 3<&-
      [ ! -e "$0" ] || exec "$@" 3<&-
      """;

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
    List<String> command = new ArrayList<>(List.of("-c", AWAIT_END, lease.file().toString()));
    command.add(java.toString());
    command.addAll(arguments(classPath.get(), lease));
    SpawnRequest request =
        new SpawnRequest(
            SHELL, command, environment(), home.folder(), home.watchdogLog(), Optional.empty());
    Spawner.spawn(request).close();
  }

  private List<String> arguments(String classPath, Lease lease) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xmx32m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                // It has nothing to log to but its own output, where only a failure is of interest.
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                classPath,
                WatchdogMain.class.getName(),
                config.home().toString(),
                config.storagePath().toString(),
                lease.id()));
    config.zfsDataset().ifPresent(arguments::add);
    return arguments;
  }

  // What says where the folder of sockets is, and where the Docker daemon is.
  private static final Set<String> PASSED_ON =
      Set.of(
          "XDG_RUNTIME_DIR",
          "HOME",
          "DOCKER_HOST",
          "DOCKER_CONTEXT",
          "DOCKER_CONFIG",
          "DOCKER_TLS_VERIFY",
          "DOCKER_CERT_PATH");

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    System.getenv().entrySet().stream()
        .filter(entry -> PASSED_ON.contains(entry.getKey()))
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue()));
    return environment;
  }

  private static Optional<String> classPath() {
    Set<String> entries = new LinkedHashSet<>();
    List<String> needed = new ArrayList<>(NEEDED);
    needed.addAll(DockerRuntime.libraries());
    for (String type : needed) {
      Optional<Path> file = ClassFile.locate(type);
      if (file.isEmpty()) {
        LOG.debug("{} is in no file", type);
        return Optional.empty();
      }
      entries.add(file.get().toString());
    }
    return Optional.of(String.join(File.pathSeparator, entries));
  }
}
