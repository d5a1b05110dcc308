package dev.bpg.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A made-up process below a temporary folder: its variables, properties and files. */
final class Surroundings {

  final Path working;
  final Path userHome;
  final Path systemFile;
  final Map<String, String> variables = new HashMap<>();
  final Map<String, String> properties = new HashMap<>();
  boolean root;

  Surroundings(Path temp) {
    working = temp.resolve("working folder");
    userHome = temp.resolve("user home");
    systemFile = temp.resolve("etc/bpg/config.yaml");
  }

  Environment environment() {
    return new Environment(variables, properties, working, userHome, root);
  }

  Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is loaded with this text as {@code ./bpg.yaml}. */
  BpgConfig load(String yaml) {
    write(file(), yaml);
    return load();
  }

  BpgConfig load() {
    return loader().load();
  }

  ConfigLoader loader() {
    return new ConfigLoader(environment(), systemFile);
  }

  BpgConfigBuilder builder() {
    return new BpgConfigBuilder(environment());
  }

  Path file() {
    return working.resolve("bpg.yaml");
  }
}
