package dev.bpg.error;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The base of every error that bpg throws on purpose.
 *
 * <p>The message has two lines: {@code cannot <operation> <subject>: <reason>} and {@code HINT:
 * <one action>}. Instances are immutable apart from what {@link Throwable} itself allows.
 */
public abstract sealed class BpgException extends RuntimeException
    permits NotFoundException,
        AlreadyExistsException,
        BusyException,
        UnavailableException,
        RefusedException,
        StartFailedException,
        CancelledException {

  private static final long serialVersionUID = 1L;

  private final String operation;
  private final String subject;
  private final String reason;
  private final String hint;

  BpgException(
      String operation, String subject, String reason, String hint, @Nullable Throwable cause) {
    super("cannot " + operation + " " + subject + ": " + reason + "\nHINT: " + hint, cause);
    this.operation = operation;
    this.subject = subject;
    this.reason = reason;
    this.hint = hint;
  }

  /** What was tried, as a verb phrase such as {@code create branch}. */
  public final String operation() {
    return operation;
  }

  /** The thing it was tried on, such as the branch {@code api/dev} or a path. */
  public final String subject() {
    return subject;
  }

  /** Why it could not be done. */
  public final String reason() {
    return reason;
  }

  /** One action that helps. */
  public final String hint() {
    return hint;
  }

  /** The {@code errno} of the system call at the bottom of this error, if there was one. */
  public final OptionalInt nativeCode() {
    for (Throwable t = getCause(); t != null; t = t.getCause()) {
      if (t instanceof NativeException call) {
        return OptionalInt.of(call.errno());
      }
    }
    return OptionalInt.empty();
  }
}
