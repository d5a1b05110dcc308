package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.error.RefusedException;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has bpg opened while JUnit looks for tests, so that the first of them does not wait for it: see
 * {@link Bpg#openAhead}. JUnit's launcher finds this by itself. Thread-safe.
 */
public final class HeadStart implements LauncherDiscoveryListener {

  private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);

  /** For JUnit's launcher. */
  public HeadStart() {}

  /** Returns at once. */
  @Override
  public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
    // Build tools look for tests in a JVM of their own, too, with a class loader that they close.
    if (HeadStart.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
      return;
    }
    try {
      Bpg.openAhead(new RunParameters(request.getConfigurationParameters()::get).limits());
    } catch (RefusedException e) {
      // The first test that wants a branch is told.
      LOG.debug("nothing is opened ahead", e);
    }
  }
}
