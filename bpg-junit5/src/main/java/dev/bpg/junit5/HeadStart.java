package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.config.BpgConfig;
import dev.bpg.error.BpgException;
import dev.bpg.error.RefusedException;
import java.nio.file.Files;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.slf4j.LoggerFactory;

/**
 * Has bpg opened while JUnit looks for tests, and its classes loaded before, so that the first of
 * them does not wait for it: see {@link Bpg#openAhead}. JUnit's launcher finds this by itself.
 * Thread-safe.
 */
public final class HeadStart implements LauncherDiscoveryListener {

  /** For JUnit's launcher. Returns at once. */
  public HeadStart() {
    if (isOfTests()) {
      Thread thread = new Thread(HeadStart::loadClasses, "bpg-classes");
      thread.setDaemon(true);
      thread.start();
    }
  }

  // Build tools look for tests in a JVM of their own, too, with a class loader that they close.
  private static boolean isOfTests() {
    return HeadStart.class.getClassLoader() == ClassLoader.getSystemClassLoader();
  }

  // SLF4J is left to the others: while one thread initialises it, all others' loggers are
  // makeshift.
  private static void loadClasses() {
    boolean isUsed;
    try {
      isUsed = Files.isDirectory(BpgConfig.load().home());
    } catch (BpgException e) {
      return; // The first test that wants a branch is told.
    }
    if (isUsed) {
      ClassesAhead.load();
    }
  }

  /** Returns at once. */
  @Override
  public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
    if (!isOfTests()) {
      return;
    }
    try {
      Bpg.openAhead(new RunParameters(request.getConfigurationParameters()::get).limits());
    } catch (RefusedException e) {
      // The first test that wants a branch is told.
      LoggerFactory.getLogger(HeadStart.class).debug("nothing is opened ahead", e);
    }
  }
}
