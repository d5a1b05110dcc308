package dev.bpg.internal.platform.zfs;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operation of ZFS that failed. Its message is {@code cannot <operation> <subject>: <reason>};
 * its cause is the {@link dev.bpg.error.NativeException} of the call, if one failed.
 */
public final class ZfsException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What a caller can tell apart. */
  public enum Kind {
    /** There is something of that name. */
    EXISTS,
    /** The dataset, its parent, origin or snapshot is not there; the reason says which. */
    NOT_FOUND,
    /** In use: mounted, open or being received into; the reason names who. */
    BUSY,
    /** Datasets are below it. */
    HAS_CHILDREN,
    /** It has snapshots. */
    HAS_SNAPSHOTS,
    /** A snapshot has clones. */
    HAS_CLONES,
    /** A snapshot is held. */
    HELD,
    /** Snapshots were made after the one to go back to. */
    NEWER_SNAPSHOTS,
    /** A snapshot and a dataset, or two snapshots, have no common history. */
    UNRELATED,
    /** The names are in different pools. */
    OTHER_POOL,
    /** ZFS does not take a property. */
    BAD_PROPERTY,
    /** The pool is full. */
    NO_SPACE,
    /** A quota or limit is reached. */
    QUOTA,
    /** The pool or dataset is read-only. */
    READ_ONLY,
    /** This user may not; the hint says what would allow it. */
    NOT_PERMITTED,
    /** The pool waits for a device that failed. */
    SUSPENDED,
    /** The installed ZFS cannot do it. */
    UNSUPPORTED,
    /** A stream is damaged, ends early or does not fit where it should go. */
    BAD_STREAM,
    /** The thread was interrupted, or the other end of a stream was closed. */
    CANCELLED,
    /** The kernel has not answered in time; whether it was done shows only when looked at. */
    OUTCOME_UNKNOWN,
    /** Too many calls wait for the kernel; this one was not begun. */
    NOT_BEGUN,
    /** Anything else. */
    OTHER
  }

  private final Kind kind;
  private final String operation;
  private final String subject;
  private final String reason;
  private final @Nullable String hint;
  private final int code;
  private final Map<String, Integer> entries;

  ZfsException(
      Operation operation,
      Kind kind,
      String reason,
      @Nullable String hint,
      int code,
      Map<String, Integer> entries,
      @Nullable Throwable cause) {
    super("cannot " + operation.verb() + " " + operation.subject() + ": " + reason, cause);
    this.kind = kind;
    this.operation = operation.verb();
    this.subject = operation.subject();
    this.reason = reason;
    this.hint = hint;
    this.code = code;
    this.entries = Map.copyOf(entries);
  }

  /** What a caller can act on. */
  public Kind kind() {
    return kind;
  }

  /** What was tried, such as {@code clone snapshot}. */
  public String operation() {
    return operation;
  }

  /** What it was tried on, such as {@code tank/a@s to tank/b}. */
  public String subject() {
    return subject;
  }

  /** Why it could not be done. */
  public String reason() {
    return reason;
  }

  /** One action that helps, where ZFS's answer tells it, such as a command that grants rights. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** The error number of {@code errno(3)}, ZFS's own from 1024 on, or 0 if no call failed. */
  public int code() {
    return code;
  }

  /** Of an operation on several things, those that failed, each with its error number. */
  public Map<String, Integer> entries() {
    return entries;
  }
}
