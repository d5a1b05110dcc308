package dev.bpg.internal.engine;

import dev.bpg.error.CancelledException;
import dev.bpg.internal.platform.DaemonThreads;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done off the callers' path. All threads are daemons: they keep no JVM alive, and what
 * they leave undone when it ends is done by whoever cleans up after it.
 */
public final class Background implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  // A deletion ends a server and frees files; more at once than this only take time from the tests.
  private static final int DELETIONS = 2;

  private final ExecutorService tasks =
      Executors.newCachedThreadPool(DaemonThreads.named("bpg-task-"));
  private final ExecutorService deletions =
      Executors.newFixedThreadPool(DELETIONS, DaemonThreads.named("bpg-delete-"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("bpg-timer-"));

  private final Events events = new Events();

  /** Something that takes a branch away. */
  interface Deletion {
    void run() throws IOException, InterruptedException;
  }

  /** Who hears what happens. */
  Events events() {
    return events;
  }

  /** Where short tasks run whose end somebody waits for. */
  ExecutorService tasks() {
    return tasks;
  }

  /** Where short tasks wait for their time. Ends with {@link #close()}, whatever waits. */
  ScheduledExecutorService timer() {
    return timer;
  }

  /**
   * Runs a deletion soon. A failure is logged: nobody waits for it, and recovery tries again. After
   * {@link #close()} nothing is run any more: what was left then is recovery's to delete.
   */
  public void delete(BranchName name, Deletion deletion) {
    try {
      deletions.execute(() -> logged(name, deletion));
    } catch (RejectedExecutionException e) {
      LOG.debug("{} is not deleted here: bpg is closed", name, e);
    }
  }

  /** Runs a deletion after some time, unless closed before. */
  void deleteAfter(Duration delay, BranchName name, Deletion deletion) {
    try {
      timer.schedule(() -> delete(name, deletion), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} is not deleted here: bpg is closed", name, e);
    }
  }

  /** Runs something after some time, unless closed before. */
  void runAfter(Duration delay, Runnable task) {
    try {
      timer.schedule(() -> tasks.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("nothing is run later: bpg is closed", e);
    }
  }

  private static void logged(BranchName name, Deletion deletion) {
    try {
      deletion.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CancelledException e) {
      LOG.debug("the deletion of {} was interrupted; the next start of bpg tries again", name, e);
    } catch (IOException | RuntimeException e) {
      LOG.warn("could not delete {}; the next start of bpg tries again", name, e);
    }
  }

  /** Waits for the deletions that were asked for; drops those whose time has not come. */
  @Override
  public void close() {
    timer.shutdownNow();
    deletions.shutdown();
    // The deletions are told of an interrupt; each ends soon and what is left is recovered later.
    boolean interrupted = DaemonThreads.awaitEnd(deletions);
    tasks.shutdown();
    events.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
