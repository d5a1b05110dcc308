package dev.bpg.event;

/** Hears what happens. */
@FunctionalInterface
public interface BpgListener {

  /**
   * Called for every event, in order, in a thread of bpg's own, never by two at once. What it
   * throws is logged and does no harm. It may take its time: operations do not wait for it, but
   * when 1024 events wait for it the next ones are dropped, and counted.
   */
  void on(BpgEvent event);
}
