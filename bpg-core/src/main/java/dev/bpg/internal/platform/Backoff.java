package dev.bpg.internal.platform;

import java.time.Duration;

/** Growing pauses, 1 ms doubling to 10 ms, for kernels that cannot tell when something happens. */
final class Backoff {

  private static final long LONGEST = Duration.ofMillis(10).toNanos();

  private long pause = Duration.ofMillis(1).toNanos();

  /** The end of the next pause by {@link System#nanoTime()}, at most the deadline. */
  long next(long deadlineNanos) {
    long end = System.nanoTime() + pause;
    pause = Math.min(LONGEST, pause * 2);
    return end - deadlineNanos < 0 ? end : deadlineNanos;
  }
}
