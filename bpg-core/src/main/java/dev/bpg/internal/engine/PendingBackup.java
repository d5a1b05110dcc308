package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.internal.postgres.OnlineBackup;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backup that is being started while the caller does something else. It leaves nothing behind on
 * the server, so it may begin before anything is recorded. To be closed in any case.
 */
final class PendingBackup implements AutoCloseable {

  private final FutureTask<OnlineBackup> start;
  private @Nullable OnlineBackup started;
  private boolean closed;

  /** Begins it in the background, or here if the background is closed. */
  PendingBackup(Supplier<OnlineBackup> backup, ExecutorService background) {
    start = new FutureTask<>(() -> keep(backup.get()));
    try {
      background.execute(start);
    } catch (RejectedExecutionException e) {
      start.run();
    }
  }

  // Whichever comes first, the end of the start or the close: nothing stays open.
  private synchronized OnlineBackup keep(OnlineBackup backup) {
    if (closed) {
      backup.close();
    } else {
      started = backup;
    }
    return backup;
  }

  /** Waits until the server is in backup mode. */
  OnlineBackup await() throws InterruptedException {
    try {
      return start.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BpgException failure) {
        throw failure;
      }
      throw new IllegalStateException("a backup failed in a way that it does not declare", e);
    }
  }

  @Override
  public void close() {
    OnlineBackup open;
    synchronized (this) {
      closed = true;
      open = started;
      started = null;
    }
    if (open != null) {
      open.close();
    } else {
      // A start that is not over is interrupted, which closes its connection.
      start.cancel(true);
    }
  }
}
