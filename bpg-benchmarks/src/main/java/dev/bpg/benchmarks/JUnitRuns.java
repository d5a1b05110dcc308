package dev.bpg.benchmarks;

import dev.bpg.config.BpgConfig;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes in this JVM, in one session of JUnit's launcher. */
final class JUnitRuns implements AutoCloseable {

  private final LauncherSession session = LauncherFactory.openSession();

  /** Runs on a configuration: annotations work on the shared one, which properties tell. */
  static JUnitRuns on(BpgConfig config) {
    Workspace.properties(config).forEach(System::setProperty);
    return new JUnitRuns();
  }

  /** Runs a class. */
  void run(Class<?> testClass) {
    run(testClass, Map.of());
  }

  /**
   * Runs a class.
   *
   * @param parameters JUnit's configuration parameters
   * @return how many tests succeeded
   * @throws IllegalStateException if one fails; the first one's failure is its cause
   */
  long run(Class<?> testClass, Map<String, String> parameters) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    session
        .getLauncher()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(testClass))
                .configurationParameters(parameters)
                .build(),
            listener);
    listener.getSummary().getFailures().stream()
        .findFirst()
        .ifPresent(
            failure -> {
              throw new IllegalStateException("a test failed", failure.getException());
            });
    return listener.getSummary().getTestsSucceededCount();
  }

  @Override
  public void close() {
    session.close();
  }

  /** Notes the time before the extension behind it is called. */
  static final class Began implements BeforeAllCallback {

    /** When the class began last, in nanoseconds of the JVM's clock. */
    static long nanos;

    @Override
    public void beforeAll(ExtensionContext context) {
      nanos = System.nanoTime();
    }
  }
}
