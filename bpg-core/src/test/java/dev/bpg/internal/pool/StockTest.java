package dev.bpg.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StockTest {

  private final Stock<String> stock = new Stock<>();

  /** Somebody who waits in a thread of his own. */
  private final class Waiting {
    final FutureTask<Optional<String>> result = new FutureTask<>(() -> stock.await(inAMinute()));

    Waiting() {
      Thread thread = new Thread(result);
      thread.start();
      await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    Optional<String> get() throws Exception {
      return result.get(1, TimeUnit.MINUTES);
    }
  }

  private static long inAMinute() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
  }

  private void begin() {
    assertThat(stock.reserve(9, 9)).isTrue();
    stock.begin();
  }

  @Test
  void oneMoreIsStartedWhereNothingWaits() {
    assertThat(stock.reserve(1, 9)).isTrue();
    assertThat(stock.reserve(1, 9)).isTrue();
    assertThat(stock.reserve(1, 9)).isFalse();
    stock.add("one");
    stock.giveUp();
    assertThat(stock.reserve(1, 9)).isFalse();
    stock.giveUp();
    assertThat(stock.reserve(1, 9)).isTrue();
  }

  @Test
  void whoeverWaitsGetsWhatIsBeingStarted() throws Exception {
    begin();
    Waiting waiting = new Waiting();
    assertThat(stock.add("one")).isTrue();
    assertThat(waiting.get()).contains("one");
    assertThat(stock.size()).isZero();
  }

  @Test
  void whoeverWaitsForAStartThatFailsGoesOn() throws Exception {
    begin();
    Waiting waiting = new Waiting();
    stock.end();
    assertThat(waiting.get()).isEmpty();
  }

  @Test
  void whoeverLosesWhatWasStartedWaitsForNoOtherStart() throws Exception {
    begin();
    Waiting waiting = new Waiting();
    synchronized (stock) { // Nobody else gets in between.
      stock.add("one");
      assertThat(stock.poll()).contains("one");
      stock.end();
      begin();
    }
    assertThat(waiting.get()).isEmpty();
  }

  @Test
  void nobodyWaitsForWhatSomebodyElseWaitsFor() throws Exception {
    begin();
    Waiting first = new Waiting();
    assertThat(stock.await(inAMinute())).isEmpty();
    begin();
    Waiting second = new Waiting();
    stock.add("one");
    stock.add("two");
    assertThat(first.get().orElseThrow() + second.get().orElseThrow()).isIn("onetwo", "twoone");
  }

  @Test
  void nobodyWaitsForWhatHasNotBegun() throws Exception {
    assertThat(stock.reserve(9, 9)).isTrue();
    assertThat(stock.await(inAMinute())).isEmpty();
    stock.giveUp();
    assertThat(stock.reserve(1, 1)).isTrue();
  }

  @Test
  void nobodyWaitsBeyondHisTime() throws Exception {
    begin();
    assertThat(stock.await(System.nanoTime())).isEmpty();
  }

  @Test
  void noMoreAreStartedThanAreWantedOrAllowedAtOnce() {
    stock.add("one");
    assertThat(stock.reserve(2, 4)).isTrue();
    assertThat(stock.reserve(2, 4)).isTrue();
    assertThat(stock.reserve(2, 4)).isFalse();
    stock.begin();
    stock.add("two");
    stock.end();
    assertThat(stock.reserve(2, 3)).isFalse();
    assertThat(stock.reserve(2, 4)).isTrue();
  }

  @Test
  void closingGivesBackWhatWaitsAndTakesNothingMore() {
    stock.add("one");
    assertThat(stock.close()).containsExactly("one");
    assertThat(stock.isClosed()).isTrue();
    assertThat(stock.add("two")).isFalse();
    assertThat(stock.reserve(9, 9)).isFalse();
    assertThat(stock.poll()).isEmpty();
  }

  @Test
  void whoeverWaitsIsToldOfTheEnd() throws Exception {
    begin();
    Waiting waiting = new Waiting();
    assertThat(stock.close()).isEmpty();
    assertThat(waiting.get()).isEmpty();
  }
}
