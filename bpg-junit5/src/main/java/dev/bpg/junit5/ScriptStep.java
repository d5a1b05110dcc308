package dev.bpg.junit5;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An SQL script, as {@link BranchedDatabase#scripts()} names it. */
record ScriptStep(String location) implements SourceStep {

  private static final String FILE = "file:";

  @Override
  public Loaded load(Class<?> testClass) {
    return location.startsWith(FILE)
        ? file(location.substring(FILE.length()))
        : resource(testClass);
  }

  private Loaded resource(Class<?> testClass) {
    List<String> places = places(testClass);
    for (String place : places) {
      try (InputStream in = testClass.getResourceAsStream(place)) {
        if (in != null) {
          return script(place, in.readAllBytes());
        }
      } catch (IOException e) {
        throw unreadable(place, e);
      }
    }
    throw new NotFoundException(
        "read the script",
        location,
        "the class path has no " + String.join(" and no ", places),
        "put it there, or begin it with file: and an absolute path");
  }

  private List<String> places(Class<?> testClass) {
    if (location.startsWith("/")) {
      return List.of(location);
    }
    String folder = testClass.getPackageName().replace('.', '/');
    return Stream.of("/" + folder + "/" + location, "/" + location)
        .map(place -> place.replace("//", "/"))
        .distinct()
        .toList();
  }

  // A relative path would mean another file when the tests are run from another folder.
  private Loaded file(String path) {
    Path file = Path.of(path);
    if (!file.isAbsolute()) {
      throw new RefusedException(
          "read the script",
          location,
          "its path is relative, and tests run from any folder",
          "make the path absolute, or put the script on the class path");
    }
    try {
      return script(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new NotFoundException(
          "read the script", location, "there is no such file", "create it or name another", e);
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  private static Loaded script(String place, byte[] content) {
    String sql = new String(content, StandardCharsets.UTF_8);
    return new Loaded(
        "script", ContentHash.of(content), database -> database.initialSql(place, sql));
  }

  private static UnavailableException unreadable(String place, IOException cause) {
    return new UnavailableException(
        "read the script", place, cause.toString(), "make it readable for this user", cause);
  }
}
