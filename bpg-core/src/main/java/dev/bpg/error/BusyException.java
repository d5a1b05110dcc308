package dev.bpg.error;

import org.jspecify.annotations.Nullable;

/**
 * The thing exists but something else uses it now: children, a lock held by another process, a
 * server that does not stop in time. The caller can wait, or end the other use.
 */
public final class BusyException extends BpgException {

  private static final long serialVersionUID = 1L;

  /** Creates the error; see {@link BpgException} for how its message is made. */
  public BusyException(String operation, String subject, String reason, String hint) {
    this(operation, subject, reason, hint, null);
  }

  /** Creates the error with the failure that led to it. */
  public BusyException(
      String operation, String subject, String reason, String hint, @Nullable Throwable cause) {
    super(operation, subject, reason, hint, cause);
  }
}
