package dev.bpg.error;

import org.jspecify.annotations.Nullable;

/**
 * A Postgres server did not start or did not become ready. The reason carries the last lines of its
 * log.
 */
public final class StartFailedException extends BpgException {

  private static final long serialVersionUID = 1L;

  /** Creates the error; see {@link BpgException} for how its message is made. */
  public StartFailedException(String operation, String subject, String reason, String hint) {
    this(operation, subject, reason, hint, null);
  }

  /** Creates the error with the failure that led to it. */
  public StartFailedException(
      String operation, String subject, String reason, String hint, @Nullable Throwable cause) {
    super(operation, subject, reason, hint, cause);
  }
}
