package dev.bpg.junit5;

import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.BpgException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Closes branches off the tests' path, and notes what outlived its test in one run: connections to
 * a branch that is closed, and branches that were never closed, with their servers. Printed once at
 * the end of the run, if there is anything. Bounded in length; it fails no test. Thread-safe.
 */
// As in TestBranch.
@SuppressWarnings("deprecation")
final class LeakReport implements Store.CloseableResource, AutoCloseable {

  private static final int LINES = 20;

  private final ExecutorService closings =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "bpg-junit-close");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Branch, String> open = new LinkedHashMap<>();
  private final List<String> connections = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** The one of a context's session, which is printed when that ends. */
  static LeakReport of(ExtensionContext context) {
    return SessionStore.of(context, Namespace.create(LeakReport.class))
        .getOrComputeIfAbsent(LeakReport.class, key -> new LeakReport(), LeakReport.class);
  }

  /** Says that a branch was opened for a test. */
  synchronized void opened(Branch branch, String test) {
    open.put(branch, test);
  }

  /**
   * Closes a branch soon, and notes the sessions on it before, which that ends.
   *
   * @param following those of connections that go to the next test's branch by themselves
   */
  void close(TemporaryBranch branch, Set<Integer> following) {
    String test = forget(branch);
    try {
      closings.execute(() -> closeNow(branch, test, following));
    } catch (RejectedExecutionException e) {
      // The report has been printed; only its test's end is late.
      closeNow(branch, test, following);
    }
  }

  /** Says that a branch stays on purpose. */
  void kept(Branch branch) {
    forget(branch);
  }

  private synchronized String forget(Branch branch) {
    return String.valueOf(open.remove(branch));
  }

  private void closeNow(TemporaryBranch branch, String test, Set<Integer> following) {
    try {
      List<String> left = OpenSessions.of(branch, following);
      String where = test + " in " + branch.name() + ": ";
      synchronized (this) {
        left.forEach(session -> connections.add(where + session));
      }
    } finally {
      closeAndNote(branch, test);
    }
  }

  private void closeAndNote(TemporaryBranch branch, String test) {
    try {
      branch.close();
    } catch (BpgException e) {
      synchronized (this) {
        failures.add(test + ": " + branch.name() + " could not be closed: " + e.reason());
      }
    }
  }

  /** What outlived its test, in several lines; empty if nothing did. Ends the closings first. */
  String text() {
    closings.shutdown();
    try {
      closings.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Whoever interrupts wants the end, and gets what is known.
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      List<String> branches = new ArrayList<>(failures);
      open.forEach((branch, test) -> branches.add(state(branch, test)));
      if (branches.isEmpty() && connections.isEmpty()) {
        return "";
      }
      return "bpg: this outlived its test"
          + section("connections", connections)
          + section("branches", branches);
    }
  }

  private static String state(Branch branch, String test) {
    String line = test + ": " + branch.name() + " was never closed";
    try {
      return line + ", its server is " + branch.status().state();
    } catch (BpgException e) {
      return line + ", its server is unknown: " + e.reason();
    }
  }

  private static String section(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    String shown =
        lines.stream().limit(LINES).map(line -> "\n    " + line).collect(Collectors.joining());
    int more = lines.size() - LINES;
    return "\n  " + title + shown + (more <= 0 ? "" : "\n    … and " + more + " more");
  }

  /** Prints it if there is anything, at the end of the run. */
  @Override
  public void close() {
    String text = text();
    if (!text.isEmpty()) {
      // A test suite need not have a logger.
      System.err.println(text);
    }
  }
}
