package dev.bpg.examples.shop.database;

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
 * Gives a run that names no {@code bpg.home} one of its own, where the servers' user can reach it,
 * and takes it away. A project's own tests do without it: their templates are to stay for the next
 * run.
 */
public final class FreshHome implements LauncherSessionListener {

  private @Nullable Path folder;

  /** The one that JUnit makes. */
  public FreshHome() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (TestDatabase.chosen() != TestDatabase.BRANCH || System.getProperty("bpg.home") != null) {
      return;
    }
    try {
      folder = Files.createTempDirectory(Path.of("/var/tmp"), "bpg shop ");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.setProperty("bpg.home", folder.toString());
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (folder == null) {
      return;
    }
    Bpg.shared().listDatabases().forEach(Database::delete);
    Bpg.shared().close();
    System.clearProperty("bpg.home");
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path entry : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
