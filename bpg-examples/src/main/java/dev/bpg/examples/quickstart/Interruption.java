package dev.bpg.examples.quickstart;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C into an interrupt of one thread, and keeps the JVM alive until that thread has
 * cleaned up.
 */
final class Interruption implements AutoCloseable {

  private final CountDownLatch cleanedUp = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Thread interrupted) {
    hook =
        new Thread(
            () -> {
              if (cleanedUp.getCount() > 0) {
                interrupted.interrupt();
                awaitCleanUp();
              }
            },
            "quickstart-interruption");
  }

  /** Begins to watch for Ctrl-C on behalf of the calling thread, until closed by it. */
  static Interruption ofThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void awaitCleanUp() {
    try {
      cleanedUp.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that all has been cleaned up. */
  @Override
  public void close() {
    cleanedUp.countDown();
  }
}
