package dev.bpg.internal.server.process;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folders that an unprivileged server can reach, and class paths with binaries. */
final class ProcessTests {

  private static final Path JARS = Path.of("target", "postgres-binaries");
  private static final Path TEMPORARY = Path.of("/var/tmp");

  private ProcessTests() {}

  /** A new folder with mode 0755; the caller deletes it. */
  static Path folder() throws IOException {
    Path folder = Files.createTempDirectory(TEMPORARY, "bpg-test-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  /** A class loader that sees the binaries of these major versions and no others. */
  static ClassLoader binaries(int... majors) throws IOException {
    List<URL> jars = new ArrayList<>();
    for (int major : majors) {
      jars.add(url(jar(major)));
    }
    return new URLClassLoader(jars.toArray(URL[]::new), null);
  }

  /** The jar with the binaries of a major version, as the build copied it. */
  static Path jar(int major) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(JARS, "*-" + major + ".*.jar")) {
      return found.iterator().next();
    }
  }

  static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }

  static ProcessOptions options(Path home, Path cache, ClassLoader loader) {
    return new ProcessOptions(home, cache, Optional.empty(), Optional.empty(), List.of(loader));
  }
}
