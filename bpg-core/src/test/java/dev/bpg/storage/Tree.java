package dev.bpg.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that a folder holds, as text that can be compared. */
final class Tree {

  private Tree() {}

  /** Each entry below a folder with its attributes and content; the folder itself is "". */
  static Map<String, String> of(Path folder) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        tree.put(folder.relativize(path).toString(), describe(path));
      }
    }
    return tree;
  }

  private static String describe(Path path) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
    String text = new TreeMap<>(attributes).toString();
    if (Files.isSymbolicLink(path)) {
      return text + " -> " + Files.readSymbolicLink(path);
    }
    return Files.isRegularFile(path)
        ? text + " " + Arrays.hashCode(Files.readAllBytes(path))
        : text;
  }
}
