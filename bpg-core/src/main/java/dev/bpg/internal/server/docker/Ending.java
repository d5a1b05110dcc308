package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.WaitResponse;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Alarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of a container, told by the daemon when it comes. */
final class Ending extends Stream<WaitResponse> {

  /** The exit code of what was killed: 128 and the number of the signal. */
  static final int KILLED = 137;

  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private final Alarm alarm;

  private Ending(Alarm alarm) {
    this.alarm = alarm;
  }

  /** Begins to wait for a container that has been started. */
  static Ending of(Daemon daemon, String container, String operation, String subject)
      throws InterruptedException, NativeException {
    Ending ending = new Ending(Alarm.open());
    try {
      return daemon.client(operation, subject).waitContainerCmd(container).exec(ending);
    } catch (InterruptedException | RuntimeException e) {
      ending.close();
      throw e;
    }
  }

  /** Rings when the container has ended or the daemon cannot tell any more. */
  Alarm alarm() {
    return alarm;
  }

  /** Waits for the end; false when the time is over. */
  boolean await(Duration timeout) throws InterruptedException {
    try {
      code.get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NotFoundException) {
        return true; // Removed before we asked.
      }
      throw failure(e);
    }
  }

  /** The exit code of a container that has ended; waits for the end. */
  int code() throws InterruptedException {
    try {
      return code.get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  @Override
  public void onNext(WaitResponse response) {
    code.complete(response.getStatusCode());
    ring();
  }

  @Override
  public void onError(Throwable failure) {
    code.completeExceptionally(failure);
    ring();
  }

  @Override
  public void onComplete() {
    // Without an answer before, the daemon has gone.
    code.completeExceptionally(
        new UncheckedIOException(new IOException("the daemon closed the connection")));
    ring();
  }

  private void ring() {
    try {
      alarm.ring();
    } catch (NativeException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    super.close();
    alarm.close();
  }
}
