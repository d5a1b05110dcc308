package dev.bpg.junit5;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Loads the classes with which a first branch is opened, in the order in which they are wanted:
 * nearly all that the first test of a young JVM waits for is classes that are loaded one after the
 * other. They are linked, which verifies them, and not initialised: no code of theirs runs, so that
 * none can wait for another thread's. {@code dev/classes-ahead} writes their list.
 */
final class ClassesAhead {

  private static final String LIST = "classes-ahead.txt";

  private ClassesAhead() {}

  /** Their names, of which other versions of Java and of libraries may lack some. */
  static List<String> names() {
    try (InputStream list =
            Objects.requireNonNull(ClassesAhead.class.getResourceAsStream(LIST), LIST);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads them; how many are there. */
  static int load() {
    ClassLoader loader = ClassesAhead.class.getClassLoader();
    int loaded = 0;
    for (String name : names()) {
      try {
        // To be asked for its constructors, a class has to be linked.
        Class.forName(name, false, loader).getDeclaredConstructors();
        loaded++;
      } catch (ClassNotFoundException | LinkageError e) {
        continue; // Of another version. Whoever wants it is told.
      }
    }
    return loaded;
  }
}
