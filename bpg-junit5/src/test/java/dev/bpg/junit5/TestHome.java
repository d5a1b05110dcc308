package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the tests of this JVM a home of their own, and takes it away with all its servers. Below
 * {@code /var/tmp}, because a server of another user has to reach it, which the build's folder may
 * not allow.
 */
public final class TestHome implements LauncherSessionListener {

  private static final List<String> PROPERTIES = List.of("bpg.home", "bpg.process.cache");

  private Path folder;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    try {
      folder = Files.createTempDirectory(Path.of("/var/tmp"), "bpg-junit5-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PROPERTIES.forEach(name -> System.setProperty(name, folder.resolve(name).toString()));
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    Bpg.shared().listDatabases().forEach(Database::delete);
    // Pools empty themselves some seconds after the last test, which writes into the folder.
    Bpg.shared().close();
    PROPERTIES.forEach(System::clearProperty);
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(TestHome::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
