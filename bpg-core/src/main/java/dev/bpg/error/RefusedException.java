package dev.bpg.error;

import org.jspecify.annotations.Nullable;

/**
 * The request itself is wrong: a bad name, an unknown configuration key, a setting that bpg manages
 * itself, a parent that cannot be branched safely. The caller has to ask for something else.
 */
public final class RefusedException extends BpgException {

  private static final long serialVersionUID = 1L;

  /** Creates the error; see {@link BpgException} for how its message is made. */
  public RefusedException(String operation, String subject, String reason, String hint) {
    this(operation, subject, reason, hint, null);
  }

  /** Creates the error with the failure that led to it. */
  public RefusedException(
      String operation, String subject, String reason, String hint, @Nullable Throwable cause) {
    super(operation, subject, reason, hint, cause);
  }
}
