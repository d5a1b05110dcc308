package dev.bpg.examples.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A part of a source file, between {@code // tag::name} and {@code // end::name}.
 *
 * @param file the file, below the root of the project
 * @param name the part's name
 */
record Region(String file, String name) {

  /** The lines in between, without the indentation that they have in common. */
  String text(Path root) throws IOException {
    Path path = root.resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    List<String> lines = Files.readAllLines(path);
    List<String> stripped = lines.stream().map(String::strip).toList();
    int begin = stripped.indexOf("// tag::" + name);
    int end = stripped.indexOf("// end::" + name);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(file + " has no region " + name);
    }
    // An empty last line would count as one without indentation.
    String text = String.join("\n", lines.subList(begin + 1, end));
    return text.stripTrailing().stripIndent().strip();
  }
}
