package dev.bpg.error;

import org.jspecify.annotations.Nullable;

/**
 * The name is taken. The caller can choose another name or use what exists; what exists was not
 * touched.
 */
public final class AlreadyExistsException extends BpgException {

  private static final long serialVersionUID = 1L;

  /** Creates the error; see {@link BpgException} for how its message is made. */
  public AlreadyExistsException(String operation, String subject, String reason, String hint) {
    this(operation, subject, reason, hint, null);
  }

  /** Creates the error with the failure that led to it. */
  public AlreadyExistsException(
      String operation, String subject, String reason, String hint, @Nullable Throwable cause) {
    super(operation, subject, reason, hint, cause);
  }
}
