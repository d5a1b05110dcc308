package dev.bpg.error;

import org.jspecify.annotations.Nullable;

/**
 * Something that the operation needs is missing on this machine: binaries, a file system feature,
 * rights, space. The caller can provide it; the hint says how.
 */
public final class UnavailableException extends BpgException {

  private static final long serialVersionUID = 1L;

  /** Creates the error; see {@link BpgException} for how its message is made. */
  public UnavailableException(String operation, String subject, String reason, String hint) {
    this(operation, subject, reason, hint, null);
  }

  /** Creates the error with the failure that led to it. */
  public UnavailableException(
      String operation, String subject, String reason, String hint, @Nullable Throwable cause) {
    super(operation, subject, reason, hint, cause);
  }
}
