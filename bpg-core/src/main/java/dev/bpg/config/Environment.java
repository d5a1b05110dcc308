package dev.bpg.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What configuration depends on besides files, so that everything else here is a function of it.
 *
 * @param variables the environment variables
 * @param properties the system properties
 * @param workingFolder what relative paths in variables and properties are relative to; absolute
 * @param userHome what {@code ~} stands for; not absolute if the user has no home folder
 * @param root whether this process runs as root
 */
record Environment(
    Map<String, String> variables,
    Map<String, String> properties,
    Path workingFolder,
    Path userHome,
    boolean root) {

  // Sorted, so that of several errors always the same one is reported.
  Environment {
    variables = new TreeMap<>(variables);
    properties = new TreeMap<>(properties);
  }

  static Environment current() {
    Properties system = System.getProperties();
    Map<String, String> properties =
        system.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, name -> system.getProperty(name, "")));
    return new Environment(
        System.getenv(),
        properties,
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home")),
        isRoot());
  }

  // The effective user, unlike the name: a container's uid 0 may have no entry in passwd.
  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      // Without /proc, as in some sandboxes, the name is the next best thing.
      return "root".equals(System.getProperty("user.name"));
    }
  }
}
