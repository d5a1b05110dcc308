package dev.bpg.error;

import org.jspecify.annotations.Nullable;

/**
 * A database, branch, volume or file that was named does not exist. The caller can create it or
 * name another.
 */
public final class NotFoundException extends BpgException {

  private static final long serialVersionUID = 1L;

  /** Creates the error; see {@link BpgException} for how its message is made. */
  public NotFoundException(String operation, String subject, String reason, String hint) {
    this(operation, subject, reason, hint, null);
  }

  /** Creates the error with the failure that led to it. */
  public NotFoundException(
      String operation, String subject, String reason, String hint, @Nullable Throwable cause) {
    super(operation, subject, reason, hint, cause);
  }
}
