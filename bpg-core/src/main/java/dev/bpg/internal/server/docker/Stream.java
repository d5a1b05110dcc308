package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the daemon that comes in pieces, in a thread of docker-java's. Closing it closes the
 * connection.
 */
abstract class Stream<T> implements ResultCallback<T> {

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private @Nullable Closeable connection;
  private boolean closed;

  @Override
  public synchronized void onStart(Closeable opened) {
    connection = opened;
    if (closed) {
      closeConnection(opened);
    }
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }

  /** Waits for the last piece; what the daemon refused is thrown. */
  final void awaitEnd() throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  static RuntimeException failure(ExecutionException e) {
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(e.getCause());
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connection != null) {
      closeConnection(connection);
    }
  }

  private static void closeConnection(Closeable opened) {
    try {
      opened.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
