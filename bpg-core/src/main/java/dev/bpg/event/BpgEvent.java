package dev.bpg.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that was done through this {@code Bpg}, or failed. What other processes do is told to
 * them.
 *
 * @param kind what it is
 * @param subject the name of the database or branch, or the id of the snapshot; of a branch whose
 *     creation failed, the name of what it was to be made of
 * @param id the id of the branch or snapshot, where it has one
 * @param at when it was done or failed, by this machine's clock
 * @param took how long it took; of what was deleted with a parent, since that deletion began
 * @param failure why it failed; empty if it was done
 */
public record BpgEvent(
    Kind kind,
    String subject,
    Optional<String> id,
    Instant at,
    Duration took,
    Optional<Exception> failure) {

  /** What can happen. */
  public enum Kind {
    /** A database was created, with its main branch. */
    DATABASE_CREATED,
    /** A database was deleted; its branches have events of their own, before it. */
    DATABASE_DELETED,
    /** A branch was created, temporary ones included. */
    BRANCH_CREATED,
    /** A branch was deleted, on demand, with its parent, or as a temporary one. */
    BRANCH_DELETED,
    /** A branch was deleted because its time had come. */
    BRANCH_EXPIRED,
    /** A temporary branch was made permanent. */
    BRANCH_KEPT,
    /** A branch got another name within its database; the event carries the new one. */
    BRANCH_RENAMED,
    /** A database got another name; the event carries that of its main branch. */
    DATABASE_RENAMED,
    /** A database got other first data; the branch is its new main branch. */
    DATABASE_REFRESHED,
    /** A branch became its database's main branch, or that of a database of its own. */
    BRANCH_PROMOTED,
    /** A branch got the data of its parent, of a snapshot or of a mark. */
    BRANCH_RESET,
    /** A branch got another password. */
    PASSWORD_ROTATED,
    /** The server of a branch was started. */
    SERVER_STARTED,
    /** The server of a branch was stopped. */
    SERVER_STOPPED,
    /** The server of a branch was stopped because nobody used it. */
    SERVER_IDLE_STOPPED,
    /** The server of a branch was stopped and started. */
    SERVER_RESTARTED,
    /** The WAL of a branch is archived from now on, or in another way. */
    ARCHIVE_ENABLED,
    /** The WAL of a branch is archived no more. */
    ARCHIVE_DISABLED,
    /** A snapshot was taken, or a branch was marked, which is one too. */
    SNAPSHOT_TAKEN,
    /** A snapshot or mark was deleted by itself, not with its branch. */
    SNAPSHOT_DELETED
  }

  /** Whether it failed. */
  public boolean failed() {
    return failure.isPresent();
  }
}
