package dev.bpg.internal;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where classes come from, found without loading them. */
final class ClassFile {

  private static final Logger LOG = LoggerFactory.getLogger(ClassFile.class);
  private static final String SUFFIX = ".class";

  private ClassFile() {}

  /**
   * The jar or the folder that a class path has to name so that a class is found.
   *
   * @param name the class's full name
   * @return empty if there is no such class, or if it is in no file of its own: a jar inside a jar
   *     cannot be given to another JVM
   */
  static Optional<Path> locate(String name) {
    String resource = name.replace('.', '/') + SUFFIX;
    return of(ClassFile.class.getClassLoader().getResource(resource), resource);
  }

  /** The same for where a loader finds a class. */
  static Optional<Path> of(@Nullable URL found, String resource) {
    try {
      return found == null ? Optional.empty() : entry(found, resource);
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      LOG.debug("{} is no file", found, e);
      return Optional.empty();
    }
  }

  private static Optional<Path> entry(URL found, String resource)
      throws IOException, URISyntaxException {
    if (found.getProtocol().equals("file")) {
      String text = found.toString();
      return Optional.of(Path.of(new URI(text.substring(0, text.length() - resource.length()))));
    }
    // A connection that is not opened: only its URL is taken apart.
    return found.openConnection() instanceof JarURLConnection jar
            && jar.getJarFileURL().getProtocol().equals("file")
            && found.toString().indexOf("!/") == found.toString().lastIndexOf("!/")
        ? Optional.of(Path.of(jar.getJarFileURL().toURI()))
        : Optional.empty();
  }
}
