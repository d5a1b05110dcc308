package dev.bpg.internal.server;

import dev.bpg.error.CancelledException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.FileFailures;
import java.io.IOException;

/** Turns what the system refuses into errors that say what was being done. */
public final class IoFailures {

  private IoFailures() {}

  public interface Body<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Runs a body; a failure of the system becomes an {@link UnavailableException}. */
  public static <T> T translate(String operation, String subject, Body<T> body)
      throws InterruptedException {
    try {
      return body.run();
    } catch (IOException e) {
      throw new UnavailableException(
          operation,
          subject,
          FileFailures.reason(e),
          "make this possible for the user that runs bpg",
          e);
    }
  }

  /** The same for a method that cannot throw {@link InterruptedException}. */
  public static <T> T translateAll(String operation, String subject, Body<T> body) {
    try {
      return translate(operation, subject, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          operation, subject, "the thread was interrupted", "try it again", e);
    }
  }
}
