package dev.bpg.event;

/** What keeps a listener listening. */
public interface Subscription extends AutoCloseable {

  /** Ends it: no event is told after this has returned, except one that is being told. */
  @Override
  void close();
}
