package dev.bpg.examples.shop.database;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.Locale;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the suite in this JVM, for measurements: {@code dev/benchmark suite}. Prints how many tests
 * succeeded, how many milliseconds all of them took together, and how many passed from the
 * beginning of the first class to that of its first test; with {@code -Dshop.classes=true} also
 * each class's.
 */
public final class SuiteRun {

  private SuiteRun() {}

  /**
   * Runs it, and ends with 1 if a test failed or was skipped.
   *
   * @param args the classes to run, as a regular expression of their names; default: all
   */
  public static void main(String[] args) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    FirstTest first = new FirstTest();
    try (LauncherSession session = LauncherFactory.openSession()) {
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectPackage("dev.bpg.examples.shop"))
                  .filters(
                      ClassNameFilter.includeClassNamePatterns(
                          args.length == 0 ? ".*Test" : args[0]),
                      TagFilter.excludeTags("branch-only"))
                  .build(),
              summary,
              first,
              new Classes());
    }
    TestExecutionSummary all = summary.getSummary();
    all.getFailures().forEach(failure -> failure.getException().printStackTrace());
    System.out.println(
        String.format(
            Locale.ROOT,
            "%d tests, %d, %.1f",
            all.getTestsSucceededCount(),
            all.getTimeFinished() - all.getTimeStarted(),
            first.millis()));
    System.exit(all.getTestsFoundCount() == all.getTestsSucceededCount() ? 0 : 1);
  }

  private static final class FirstTest implements TestExecutionListener {

    private long classBegan;
    private long testBegan;

    @Override
    public void executionStarted(TestIdentifier started) {
      if (classBegan == 0 && isClass(started)) {
        classBegan = System.nanoTime();
      } else if (testBegan == 0 && started.isTest()) {
        testBegan = System.nanoTime();
      }
    }

    double millis() {
      return (testBegan - classBegan) / 1e6;
    }
  }

  private static boolean isClass(TestIdentifier started) {
    return started.isContainer() && started.getUniqueIdObject().getSegments().size() == 2;
  }

  private static final class Classes implements TestExecutionListener {

    private long began;

    @Override
    public void executionStarted(TestIdentifier test) {
      if (isClass(test)) {
        began = System.nanoTime();
      }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (isClass(test) && Boolean.getBoolean("shop.classes")) {
        System.out.println(test.getDisplayName() + " " + (System.nanoTime() - began) / 1_000_000);
      }
    }
  }
}
