package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Catalog;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/** A record that is written while the caller does something else, and takes effect only later. */
final class PendingRecord {

  private final FutureTask<Catalog.Change> writing;

  /** Begins to write it in the background, or here if the background is closed. */
  PendingRecord(Catalog catalog, BranchRecord record, ExecutorService background) {
    writing = new FutureTask<>(() -> catalog.prepare(record));
    try {
      background.execute(writing);
    } catch (RejectedExecutionException e) {
      writing.run();
    }
  }

  /** Makes it the branch's record, durably. */
  void commit() throws IOException, InterruptedException {
    try {
      writing.get().commit();
    } catch (ExecutionException e) {
      throw new IOException("the record could not be written: " + e.getCause(), e.getCause());
    }
  }

  /** Leaves the branch's record as it is, after a failure that came first. */
  void discardAfter(Throwable first) {
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        writing.get().discard();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        if (first.getCause() != e.getCause()) {
          first.addSuppressed(e.getCause());
        }
        break;
      } catch (IOException e) {
        first.addSuppressed(e);
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
