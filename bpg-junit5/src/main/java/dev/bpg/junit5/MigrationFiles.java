package dev.bpg.junit5;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * All files below a location as Flyway names it: {@code db/migration} on the class path, in folders
 * and jars, or {@code filesystem:/srv/migration}. Classes are among them: migrations in Java lie in
 * the package of that name.
 */
final class MigrationFiles {

  private static final String FILE_SYSTEM = "filesystem:";
  private static final String CLASS_PATH = "classpath:";

  private final String location;
  private final SortedMap<String, String> hashes = new TreeMap<>();

  private MigrationFiles(String location) {
    this.location = location;
  }

  /**
   * The hash of each, by its path below the location.
   *
   * @throws NotFoundException if there is none
   */
  static SortedMap<String, String> of(String location, ClassLoader loader) {
    MigrationFiles files = new MigrationFiles(location);
    try {
      files.read(loader);
    } catch (IOException | URISyntaxException e) {
      throw new UnavailableException(
          "read migrations of", location, e.toString(), "make them readable for this user", e);
    }
    if (files.hashes.isEmpty()) {
      throw new NotFoundException(
          "read migrations of", location, "there is no file", "correct the location");
    }
    return files.hashes;
  }

  private void read(ClassLoader loader) throws IOException, URISyntaxException {
    if (location.contains("*") || location.contains("?")) {
      throw refused("it has a wildcard", "name each folder");
    }
    if (location.startsWith(FILE_SYSTEM)) {
      Path folder = Path.of(location.substring(FILE_SYSTEM.length()));
      if (!folder.isAbsolute()) {
        throw refused(
            "its path is relative, and tests run from any folder", "make the path absolute");
      }
      readFolder(folder);
      return;
    }
    String name =
        location.startsWith(CLASS_PATH) ? location.substring(CLASS_PATH.length()) : location;
    if (name.contains(":")) {
      throw refused("it is neither on the class path nor a folder", "use one of these");
    }
    String folder = name.replaceAll("^/|/$", "");
    for (URL url : Collections.list(loader.getResources(folder))) {
      switch (url.getProtocol()) {
        case "file" -> readFolder(Path.of(url.toURI()));
        case "jar" -> readJar(((JarURLConnection) url.openConnection()), folder + "/");
        default ->
            throw refused(
                "it is at " + url + ", which cannot be listed", "use a folder or a jar file");
      }
    }
  }

  private void readFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      List<Path> files = found.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          add(folder.relativize(file).toString(), new ContentHash().add(in).text());
        }
      }
    }
  }

  private void readJar(JarURLConnection connection, String prefix) throws IOException {
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
          try (InputStream in = jar.getInputStream(entry)) {
            add(entry.getName().substring(prefix.length()), new ContentHash().add(in).text());
          }
        }
      }
    }
  }

  // Two places of the class path may have a file of one name.
  private void add(String name, String hash) {
    hashes.merge(name, hash, (one, other) -> one + " " + other);
  }

  private RefusedException refused(String reason, String hint) {
    return new RefusedException("read migrations of", location, reason, hint);
  }
}
