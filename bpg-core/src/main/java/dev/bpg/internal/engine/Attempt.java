package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.DurableFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;

/** The edge between checked failures below and typed errors above. */
final class Attempt {

  /** Something that can fail. */
  interface Action<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Something that a server can refuse. */
  interface Query<T> {
    T run() throws IOException, SQLException, InterruptedException;
  }

  private Attempt() {}

  /** The same as an action: what the server refuses is why it could not be done. */
  static <T> Action<T> sql(Query<T> query) {
    return () -> {
      try {
        return query.run();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    };
  }

  /**
   * Runs an operation.
   *
   * @throws CancelledException if the thread was interrupted; its interrupt status is set
   * @throws UnavailableException if the system refused
   */
  static <T> T to(String operation, Object subject, Action<T> action) {
    try {
      return action.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(operation, subject, e);
    } catch (CancelledException e) {
      throw e;
    } catch (BpgException e) {
      throw Thread.currentThread().isInterrupted() ? cancelled(operation, subject, e) : e;
    } catch (IOException e) {
      throw Thread.currentThread().isInterrupted()
          ? cancelled(operation, subject, e)
          : unavailable(operation, subject, e);
    }
  }

  private static CancelledException cancelled(String operation, Object subject, Exception cause) {
    return new CancelledException(
        operation,
        subject.toString(),
        "the thread was interrupted",
        "call it again if it is still wanted",
        cause);
  }

  private static UnavailableException unavailable(
      String operation, Object subject, IOException cause) {
    String text = String.valueOf(cause.getMessage());
    String hint =
        DurableFile.isOutOfSpace(cause)
            ? "free some space on that file system"
            : cause instanceof AccessDeniedException || text.contains("Read-only")
                ? "make that path writable for this user"
                : "mend what the system reports and call it again";
    return new UnavailableException(operation, subject.toString(), cause.toString(), hint, cause);
  }
}
