package dev.bpg.model;

import dev.bpg.error.RefusedException;
import java.time.Duration;

/**
 * How far a pool of branches may go. Immutable.
 *
 * @param ahead how many branches may wait, started, for somebody who wants one; 0 starts none ahead
 * @param servers how many branches of pools may live at once in a home, counted over all processes
 * @param timeout how long {@code take} waits while as many live
 * @param idle how long a branch may wait without any being taken before it is deleted
 * @param reserve the memory of the machine, in bytes, that has to stay free when one is started
 *     ahead
 * @param reuse whether a branch to which nothing was written may be handed out again
 */
public record PoolLimits(
    int ahead, int servers, Duration timeout, Duration idle, long reserve, boolean reuse) {

  private static final long MEBIBYTE = 1L << 20;

  /** Limits that make sense together. */
  public PoolLimits {
    require(ahead >= 0, "branches ahead", String.valueOf(ahead), "give 0 or more");
    require(servers >= 1, "servers", String.valueOf(servers), "give at least 1");
    require(isPositive(timeout), "a time-out", timeout.toString(), "give a longer time");
    require(isPositive(idle), "an idle time", idle.toString(), "give a longer time");
    require(reserve >= 0, "a reserve of memory", String.valueOf(reserve), "give 0 or more bytes");
  }

  /**
   * The defaults: 4 ahead for each processor, 16 servers for each processor and at least 32, a
   * time-out of 2 minutes, an idle time of 10 seconds, a reserve of 512 MiB, reuse.
   */
  public static PoolLimits defaults() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new PoolLimits(
        4 * processors,
        Math.max(32, 16 * processors),
        Duration.ofMinutes(2),
        Duration.ofSeconds(10),
        512 * MEBIBYTE,
        true);
  }

  /** The same with another number of branches ahead. */
  public PoolLimits withAhead(int other) {
    return new PoolLimits(other, servers, timeout, idle, reserve, reuse);
  }

  /** The same with another number of servers. */
  public PoolLimits withServers(int other) {
    return new PoolLimits(ahead, other, timeout, idle, reserve, reuse);
  }

  /** The same with another time-out. */
  public PoolLimits withTimeout(Duration other) {
    return new PoolLimits(ahead, servers, other, idle, reserve, reuse);
  }

  /** The same with another idle time. */
  public PoolLimits withIdle(Duration other) {
    return new PoolLimits(ahead, servers, timeout, other, reserve, reuse);
  }

  /** The same with another reserve of memory, in bytes. */
  public PoolLimits withReserve(long other) {
    return new PoolLimits(ahead, servers, timeout, idle, other, reuse);
  }

  /** The same with or without reuse. */
  public PoolLimits withReuse(boolean other) {
    return new PoolLimits(ahead, servers, timeout, idle, reserve, other);
  }

  private static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  private static void require(boolean condition, String what, String value, String hint) {
    if (!condition) {
      throw new RefusedException("limit a pool to " + what, value, "it is too small", hint);
    }
  }
}
