package dev.bpg.examples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Writes the report: steps with a number, lines below them, quantities in human units. */
final class Terminal {

  private final PrintStream out;
  private int steps;

  Terminal(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.println();
    out.println(text);
    out.println("=".repeat(text.length()));
  }

  /** Begins the next step. */
  void step(String text) {
    steps++;
    out.println();
    out.println(steps + ". " + text);
  }

  void line(String format, Object... values) {
    out.println("  " + String.format(Locale.ROOT, format, values).stripTrailing());
  }

  /** Says what went wrong, and that nothing was left behind. */
  void failure(String message) {
    out.println();
    out.println("It did not work out: " + message);
    out.println("What this program had made is gone again.");
  }

  /** Such as {@code 38 ms} or {@code 2.4 s}. */
  static String time(Duration time) {
    long millis = time.toMillis();
    return millis < 1000
        ? millis + " ms"
        : String.format(Locale.ROOT, "%.1f s", time.toNanos() / 1e9);
  }

  /** Such as {@code 912 kB} or {@code 1.4 GB}; by thousands. */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 ? "%.1f %cB" : "%.0f %cB", value, "kMGT".charAt(unit));
  }
}
