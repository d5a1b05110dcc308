package dev.bpg.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that processes have open, as far as this user may see them. */
final class OpenFiles {

  private OpenFiles() {}

  /** Those of all processes but this one. */
  static Stream<String> ofOthers() throws IOException {
    String own = String.valueOf(ProcessHandle.current().pid());
    List<String> files = new ArrayList<>();
    for (Path process : entries(Path.of("/proc"))) {
      String name = process.getFileName().toString();
      if (name.chars().allMatch(Character::isDigit) && !name.equals(own)) {
        for (Path descriptor : entries(process.resolve("fd"))) {
          target(descriptor, files);
        }
      }
    }
    return files.stream();
  }

  // Processes end, files are closed, and others are none of this user's business.
  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static void target(Path descriptor, List<String> files) {
    try {
      files.add(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException e) {
      return;
    }
  }
}
