package dev.bpg.examples.spring;

import dev.bpg.Bpg;
import dev.bpg.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the tests of this JVM a home of their own, where the servers' user can reach it, and takes
 * it away. A project's own tests do without it: their templates are to stay for the next run.
 */
public final class FreshHome implements LauncherSessionListener {

  private @Nullable Path folder;

  /** The one that JUnit makes. */
  public FreshHome() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    try {
      Path home = Files.createTempDirectory(Path.of("/var/tmp"), "bpg spring ");
      folder = Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.setProperty("bpg.home", folder.toString());
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    Bpg.shared().listDatabases().forEach(Database::delete);
    Bpg.shared().close();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path entry : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
