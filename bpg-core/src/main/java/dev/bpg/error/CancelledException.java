package dev.bpg.error;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted; what had been made was removed again. The thread's interrupt
 * status is set when this is thrown.
 */
public final class CancelledException extends BpgException {

  private static final long serialVersionUID = 1L;

  /** Creates the error; see {@link BpgException} for how its message is made. */
  public CancelledException(String operation, String subject, String reason, String hint) {
    this(operation, subject, reason, hint, null);
  }

  /** Creates the error with the failure that led to it. */
  public CancelledException(
      String operation, String subject, String reason, String hint, @Nullable Throwable cause) {
    super(operation, subject, reason, hint, cause);
  }
}
