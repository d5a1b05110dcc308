package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * All that fills a template, in a thread of its own. When it takes too long, or nobody wants it any
 * more, that thread is interrupted, and left behind if it does not end: its server is ended, so
 * there is nothing any more that it could do to the template.
 *
 * @param template what messages call it
 * @param steps what fills it
 * @param timeout how long they may take together
 */
record TemplatePreparation(String template, List<DatabaseRequest.Step> steps, Duration timeout)
    implements DatabaseRequest.Step {

  private static final Duration GRACE = Duration.ofSeconds(5);

  @Override
  public void check() throws IOException, InterruptedException {
    for (DatabaseRequest.Step step : steps) {
      step.check();
    }
  }

  @Override
  public void run(NewServer server) throws IOException, SQLException, InterruptedException {
    FutureTask<Void> work =
        new FutureTask<>(
            () -> {
              runAll(server);
              return null;
            });
    // It inherits the context class loader, which migration tools look for their files with.
    Thread worker = new Thread(work, "bpg-template " + template);
    worker.setDaemon(true);
    worker.start();
    try {
      work.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      RefusedException failure = tookTooLong(worker);
      stop(worker);
      throw failure;
    } catch (InterruptedException e) {
      stop(worker);
      throw e;
    } catch (ExecutionException e) {
      rethrow(e.getCause());
    }
  }

  private void runAll(NewServer server) throws IOException, SQLException, InterruptedException {
    for (DatabaseRequest.Step step : steps) {
      step.run(server);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    TemplateVacuum.run(server);
  }

  // With the place where it is, which is what somebody wants to know.
  private RefusedException tookTooLong(Thread worker) {
    TimeoutException place = new TimeoutException("the preparation was here");
    place.setStackTrace(worker.getStackTrace());
    return new RefusedException(
        "make template",
        template,
        "its preparation was not done within " + timeout,
        "find out where it waits from the cause, or allow it more time",
        place);
  }

  private static void stop(Thread worker) throws InterruptedException {
    worker.interrupt();
    worker.join(GRACE.toMillis());
  }

  private static void rethrow(Throwable failure)
      throws IOException, SQLException, InterruptedException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof SQLException e) {
      throw e;
    }
    if (failure instanceof InterruptedException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }
}
