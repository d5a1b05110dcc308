package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.event.BpgEvent;
import dev.bpg.event.BpgEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventsTest {

  @Test
  void whatIsTooMuchForASlowListenerIsDroppedAndCounted() throws Exception {
    Events events = new Events();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    List<String> heard = new CopyOnWriteArrayList<>();
    events.add(
        event -> {
          begun.countDown();
          heard.add(event.subject());
          awaitUninterruptibly(released);
        });
    events.tell(event(0));
    begun.await();
    for (int i = 1; i <= 1024 + 3; i++) {
      events.tell(event(i));
    }

    assertThat(events.dropped()).isEqualTo(3);
    released.countDown();
    events.close();
    assertThat(heard).hasSize(1025).startsWith("0", "1", "2").endsWith("1024");
  }

  @Test
  void closingDoesNotWaitForAListenerThatHangs() {
    Events events = new Events();
    CountDownLatch never = new CountDownLatch(1);
    events.add(event -> awaitUninterruptibly(never));
    events.tell(event(0));

    long began = System.nanoTime();
    events.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    never.countDown();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static BpgEvent event(int number) {
    return new BpgEvent(
        Kind.BRANCH_CREATED,
        String.valueOf(number),
        Optional.empty(),
        Instant.EPOCH,
        Duration.ZERO,
        Optional.empty());
  }
}
