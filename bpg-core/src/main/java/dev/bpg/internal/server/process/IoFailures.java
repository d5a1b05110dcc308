package dev.bpg.internal.server.process;

import dev.bpg.error.CancelledException;
import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns what the system refuses into errors that say what was being done. */
final class IoFailures {

  private IoFailures() {}

  interface Body<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Runs a body; a failure of the system becomes an {@link UnavailableException}. */
  static <T> T translate(String operation, String subject, Body<T> body)
      throws InterruptedException {
    try {
      return body.run();
    } catch (IOException e) {
      throw new UnavailableException(
          operation, subject, reason(e), "make this possible for the user that runs bpg", e);
    }
  }

  /** The same for a method that cannot throw {@link InterruptedException}. */
  static <T> T translateAll(String operation, String subject, Body<T> body) {
    try {
      return translate(operation, subject, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          operation, subject, "the thread was interrupted", "try it again", e);
    }
  }

  // The messages of these two are the path alone.
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "access to " + denied.getFile() + " is denied";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (e instanceof FileSystemException named && named.getReason() == null) {
      return e.getClass().getSimpleName() + " of " + named.getFile();
    }
    return String.valueOf(e.getMessage());
  }
}
