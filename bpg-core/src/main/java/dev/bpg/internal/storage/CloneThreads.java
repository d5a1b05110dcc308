package dev.bpg.internal.storage;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;

/** The threads of one clone; they end with it. */
final class CloneThreads {

  // Measured on 2 cores with a cluster of 1000 files: two threads save up to a third on xfs and
  // ext4 and nothing on btrfs, four save no more. The file system's own locks are the bound.
  private static final int MOST = 4;

  private CloneThreads() {}

  /**
   * Runs a task and all that it splits into, and returns when none of it runs any more.
   *
   * @param failure told of an interruption, which makes the other threads stop after their file
   */
  static void run(ForkJoinTask<?> task, CloneFailure failure) throws InterruptedException {
    int threads = Math.min(MOST, Runtime.getRuntime().availableProcessors());
    ForkJoinPool pool = new ForkJoinPool(threads);
    // A FutureTask, because a caller that is a thread of another fork-join pool, as JUnit's
    // parallel
    // tests are, would run its pool's other tasks while it waits for a fork-join task.
    FutureTask<Void> whole = new FutureTask<>(task::invoke, null);
    pool.execute(whole);
    try {
      whole.get();
    } catch (InterruptedException e) {
      failure.record(e);
      settle(whole);
      throw e;
    } catch (ExecutionException e) {
      failure.record(e.getCause());
    } finally {
      pool.shutdown();
    }
  }

  // The task has been told to end; nothing may be cleaned up while it still runs.
  private static void settle(FutureTask<Void> whole) {
    while (true) {
      try {
        whole.get();
        return;
      } catch (InterruptedException e) {
        // The caller throws one already.
        continue;
      } catch (ExecutionException e) {
        // Recorded by the task that failed.
        return;
      }
    }
  }
}
