package dev.bpg.examples;

import dev.bpg.Bpg;
import dev.bpg.Database;
import dev.bpg.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Gives the examples, which use {@link Bpg#shared()}, a home folder of this test run's own, and
 * deletes the databases after each test. The servers' user can reach it, unlike JUnit's folders.
 */
final class FreshHome implements BeforeAllCallback, AfterEachCallback {

  private static final Namespace NAMESPACE = Namespace.create(FreshHome.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Home.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Databases.list().forEach(Database::delete);
  }

  /** The folder, for as long as the run takes. */
  static final class Home implements AutoCloseable {

    private final Path folder;

    Home() throws IOException {
      folder = newFolder();
      System.setProperty("bpg.home", folder.toString());
    }

    @Override
    public void close() throws IOException {
      Bpg.shared().close();
      delete(folder);
    }
  }

  static Path newFolder() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "bpg examples ");
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> entries = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : entries) {
        Files.delete(entry);
      }
    }
  }
}
