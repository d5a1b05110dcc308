package dev.bpg.internal.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What waits in one pool, and how many are being started for it. Thread-safe.
 *
 * @param <T> what waits
 */
final class Stock<T> {

  private final Deque<T> ready = new ArrayDeque<>();
  private int reserved;
  private int begun;
  private long ended;
  private int awaited;
  private boolean closed;

  /** Takes one that waits. */
  synchronized Optional<T> poll() {
    return Optional.ofNullable(ready.pollFirst());
  }

  /** Puts one in; false if this is closed. */
  synchronized boolean add(T one) {
    if (closed) {
      return false;
    }
    ready.addLast(one);
    notifyAll();
    return true;
  }

  /** How many wait. */
  synchronized int size() {
    return ready.size();
  }

  /** Takes all that wait. */
  synchronized List<T> pollAll() {
    List<T> all = new ArrayList<>(ready);
    ready.clear();
    return all;
  }

  /**
   * Reserves a start. What is reserved is begun and ended, or given up.
   *
   * @param atOnce how many starts may be reserved; one more as long as nothing waits
   * @param wanted how many are to wait; those whose start is reserved count
   * @return false if there are as many already, or this is closed
   */
  synchronized boolean reserve(int atOnce, int wanted) {
    int most = ready.isEmpty() ? atOnce + 1 : atOnce;
    if (closed || reserved >= most || ready.size() + reserved >= wanted) {
      return false;
    }
    reserved++;
    return true;
  }

  /** A reserved start will not be begun. */
  synchronized void giveUp() {
    reserved--;
  }

  /** A reserved start begins. Until now it may have waited for those of other pools. */
  synchronized void begin() {
    begun++;
  }

  /** A start that began has put something in, or failed. */
  synchronized void end() {
    reserved--;
    begun--;
    ended++;
    notifyAll();
  }

  /**
   * Takes one, or waits for one that is being started and that nobody else waits for: at most until
   * as many starts have ended as are under way now, or until this is closed.
   *
   * @param deadlineNanos when to stop waiting, by {@link System#nanoTime()}
   */
  synchronized Optional<T> await(long deadlineNanos) throws InterruptedException {
    long last = ended + begun;
    if (awaited >= begun) {
      return poll();
    }
    awaited++;
    try {
      for (long left = deadlineNanos - System.nanoTime();
          ready.isEmpty() && ended < last && !closed && left > 0;
          left = deadlineNanos - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return poll();
    } finally {
      awaited--;
    }
  }

  /** Whether nothing waits here any more. */
  synchronized boolean isClosed() {
    return closed;
  }

  /** Ends all waiting, and gives back what was in it. */
  synchronized List<T> close() {
    closed = true;
    notifyAll();
    return pollAll();
  }
}
