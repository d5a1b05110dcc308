package dev.bpg.examples.quickstart;

import java.time.Duration;

/** Measures from its making on. */
final class Stopwatch {

  private final long start = System.nanoTime();

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
