package dev.bpg.junit5;

import dev.bpg.Branch;
import dev.bpg.diff.DiffOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test changed on its branch, for people who look for the cause of its failure: bounded in
 * length, and in the time that it may take. If it cannot be told, a line says why; nothing is
 * thrown, because a test's own failure must not be hidden.
 *
 * @param text what people read, of several lines
 */
record ChangeReport(String text) {

  /** How long a failing test may be held up by this. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int ROWS_OF_A_TABLE = 5;
  private static final int LINES = 50;
  private static final int LINE_LENGTH = 400;

  /** Compares a branch in all its databases with what it was made of. */
  static ChangeReport of(Branch branch, String test, Duration timeout) {
    return new ChangeReport("bpg: what " + test + " changed\n" + changes(branch, timeout));
  }

  // A thread of its own: a server that hangs holds up what waits for it, whatever its time-outs.
  private static String changes(Branch branch, Duration timeout) {
    FutureTask<String> reading = new FutureTask<>(() -> read(branch, timeout));
    Thread thread = new Thread(reading, "bpg-change-report");
    thread.setDaemon(true);
    thread.start();
    try {
      return reading.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      reading.cancel(true);
      return unknown("it took longer than " + timeout);
    } catch (ExecutionException e) {
      return unknown(String.valueOf(e.getCause().getMessage()));
    } catch (InterruptedException e) {
      reading.cancel(true);
      Thread.currentThread().interrupt();
      return unknown("the thread was interrupted");
    }
  }

  private static String read(Branch branch, Duration timeout) {
    DiffOptions options = DiffOptions.defaults().allDatabases().statementTimeout(timeout);
    return branch.changes(options, diff -> bounded(diff.text(ROWS_OF_A_TABLE).lines().toList()));
  }

  private static String bounded(List<String> lines) {
    String shown =
        lines.stream().limit(LINES).map(ChangeReport::line).collect(Collectors.joining("\n"));
    int more = lines.size() - LINES;
    return more <= 0 ? shown : shown + "\n  … and " + more + " more lines";
  }

  private static String unknown(String reason) {
    return line("unknown: " + reason.lines().findFirst().orElse("no reason is known"));
  }

  private static String line(String text) {
    return "  " + (text.length() <= LINE_LENGTH ? text : text.substring(0, LINE_LENGTH) + "…");
  }

  /** The same for whatever reads JUnit's reports. */
  Map<String, String> entries() {
    return Map.of("bpg.changes", text);
  }

  /** Reports it once to people, on standard error, and once to whatever reads JUnit's reports. */
  void report(ExtensionContext context) {
    context.publishReportEntry(entries());
    // Surefire shows no report entries, and a test suite need not have a logger.
    System.err.println(text);
  }
}
