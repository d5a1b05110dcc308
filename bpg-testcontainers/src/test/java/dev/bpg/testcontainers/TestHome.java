package dev.bpg.testcontainers;

import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the tests of this JVM a home of their own, and takes it away with all its servers. Below
 * {@code /var/tmp}, because a server of another user and the daemon have to reach it.
 */
public final class TestHome implements LauncherSessionListener {

  private Path folder;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    folder = folder(Path.of("/var/tmp"));
    System.setProperty("bpg.home", folder.resolve("home").toString());
    System.setProperty("bpg.process.cache", folder.resolve("cache").toString());
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    Bpg.shared().listDatabases().forEach(Database::delete);
    delete(folder);
  }

  /** A folder that anybody may pass through. */
  static Path folder(Path parent) {
    try {
      Path made = Files.createTempDirectory(parent, "bpg-testcontainers-");
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes it with all that is in it, though the watchdogs of killed JVMs may be at work there.
   */
  static void delete(Path folder) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsMatching(
            e -> e instanceof IOException || e instanceof UncheckedIOException)
        .until(
            () -> {
              if (Files.exists(folder)) {
                deleteOnce(folder);
              }
              return true;
            });
  }

  private static void deleteOnce(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
