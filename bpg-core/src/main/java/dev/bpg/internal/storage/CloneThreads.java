package dev.bpg.internal.storage;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

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
    try {
      pool.submit(task).get();
    } catch (InterruptedException e) {
      failure.record(e);
      task.quietlyJoin();
      throw e;
    } catch (ExecutionException e) {
      failure.record(e.getCause());
    } finally {
      pool.shutdown();
    }
  }
}
