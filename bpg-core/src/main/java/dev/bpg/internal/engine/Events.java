package dev.bpg.internal.engine;

import dev.bpg.event.BpgEvent;
import dev.bpg.event.BpgListener;
import dev.bpg.event.Subscription;
import dev.bpg.internal.platform.DaemonThreads;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happens, in order, in one thread that is there only while there is something
 * to tell. Whoever has something to tell never waits. Safe for use by several threads.
 */
final class Events implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  private static final int WAITING = 1024;
  private static final int IDLE_SECONDS = 10;
  private static final int CLOSING_SECONDS = 2;

  // One subscription of a listener. A class, because the same listener may have several.
  private static final class Heard {
    private final BpgListener listener;

    private Heard(BpgListener listener) {
      this.listener = listener;
    }
  }

  private final List<Heard> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong dropped = new AtomicLong();
  private final ThreadPoolExecutor teller =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          DaemonThreads.named("bpg-events-"));

  Events() {
    teller.allowCoreThreadTimeOut(true);
  }

  Subscription add(BpgListener listener) {
    Heard heard = new Heard(listener);
    listeners.add(heard);
    return () -> listeners.remove(heard);
  }

  /** Whether anybody listens, so that nothing need be measured if not. */
  boolean areHeard() {
    return !listeners.isEmpty();
  }

  void tell(BpgEvent event) {
    try {
      teller.execute(() -> listeners.forEach(heard -> tell(heard.listener, event)));
    } catch (RejectedExecutionException e) {
      if (dropped.incrementAndGet() == 1) {
        LOG.warn("events are dropped from now on: listeners are too slow for {}", event);
      }
    }
  }

  private static void tell(BpgListener listener, BpgEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException | Error e) {
      LOG.warn("a listener failed at {}", event, e);
    }
  }

  /** How many were not told because too many waited. */
  long dropped() {
    return dropped.get();
  }

  /** Gives listeners a moment to hear what waits. A listener that hangs does not keep us. */
  @Override
  public void close() {
    teller.shutdown();
    try {
      if (!teller.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("{} events were not told: a listener is busy", teller.getQueue().size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
