package dev.bpg.junit5;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A dump, as {@link BranchedDatabase#dump()} names it. */
record DumpStep(String location) implements SourceStep {

  private static final String FILE = "file:";

  @Override
  public Loaded load(Class<?> testClass) {
    Path path = path();
    return new Loaded("dump", hash(path), database -> database.fromDump(path));
  }

  @Override
  public boolean isReadAgain() {
    return true;
  }

  private Path path() {
    Path path = Path.of(location.startsWith(FILE) ? location.substring(FILE.length()) : location);
    if (!path.isAbsolute()) {
      throw new RefusedException(
          "read the dump",
          location,
          "its path is not absolute, and tests run from any folder",
          "begin it with file: and an absolute path");
    }
    if (!Files.exists(path)) {
      throw new NotFoundException(
          "read the dump", location, "there is no such file", "create it or name another");
    }
    return path;
  }

  // A dump in the directory format is a folder.
  private String hash(Path path) {
    ContentHash hash = new ContentHash();
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          hash.add(path.relativize(file).toString()).add(in);
        }
      }
      return hash.text();
    } catch (IOException e) {
      throw new UnavailableException(
          "read the dump", location, e.toString(), "make it readable for this user", e);
    }
  }

  @Override
  public String toString() {
    return "the dump " + location;
  }
}
