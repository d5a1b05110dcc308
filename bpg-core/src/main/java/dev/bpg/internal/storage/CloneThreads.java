package dev.bpg.internal.storage;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/** The threads of one clone; they end with it. */
final class CloneThreads {

  // What makes files is bound by the locks of the file system, which more threads do not help.
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
