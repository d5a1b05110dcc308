package dev.bpg.internal.engine;

import dev.bpg.event.BpgEvent;
import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.SnapshotRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs the operations that change something, and tells what came of them. Every one goes through
 * here, so that none can forget to; what only looks goes through {@link Attempt} alone. While
 * nobody listens, nothing is measured or made.
 */
final class Changes {

  private final Events events;
  private final Clock clock;

  Changes(Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /** An operation that deletes branches, and says which as they go. */
  interface Deletion<T> {
    T run(Consumer<BranchRecord> deleted) throws IOException, InterruptedException;
  }

  /** One that makes or changes a branch: its event carries the branch's name and id. */
  BranchRecord branch(
      Kind kind, String operation, Object subject, Attempt.Action<BranchRecord> action) {
    long began = now();
    BranchRecord done = attempt(kind, operation, subject, began, action);
    tell(kind, name(kind, done), Optional.of(done.id().value()), began, Optional.empty());
    return done;
  }

  /** One on something that has an id. One that says false did nothing, which is not told. */
  <T> T one(Kind kind, String operation, Object subject, Object id, Attempt.Action<T> action) {
    long began = now();
    T done = attempt(kind, operation, subject, began, action);
    if (!Boolean.FALSE.equals(done)) {
      tell(kind, subject.toString(), Optional.of(id.toString()), began, Optional.empty());
    }
    return done;
  }

  /** One that takes or deletes a snapshot: its event carries the snapshot's id. */
  SnapshotRecord snapshot(
      Kind kind, String operation, Object subject, Attempt.Action<SnapshotRecord> action) {
    long began = now();
    SnapshotRecord snapshot = attempt(kind, operation, subject, began, action);
    String id = snapshot.id().value();
    tell(kind, id, Optional.of(id), began, Optional.empty());
    return snapshot;
  }

  /**
   * One that deletes a branch, or several: each that is gone is told, even if another one fails.
   */
  <T> T deletion(Kind kind, String operation, Object subject, Deletion<T> deletion) {
    long began = now();
    return attempt(
        kind,
        operation,
        subject,
        began,
        () -> deletion.run(branch -> deleted(kind, subject, branch, began)));
  }

  /** Told of branches that go with another change. */
  Consumer<BranchRecord> deletions() {
    long began = now();
    return branch ->
        tell(
            Kind.BRANCH_DELETED,
            branch.name().toString(),
            Optional.of(branch.id().value()),
            began,
            Optional.empty());
  }

  // What goes with something else was deleted, whatever befell that.
  private void deleted(Kind kind, Object subject, BranchRecord branch, long began) {
    Kind own = subject.toString().equals(name(kind, branch)) ? kind : Kind.BRANCH_DELETED;
    tell(own, name(own, branch), Optional.of(branch.id().value()), began, Optional.empty());
  }

  private <T> T attempt(
      Kind kind, String operation, Object subject, long began, Attempt.Action<T> action) {
    try {
      return Attempt.to(operation, subject, action);
    } catch (RuntimeException e) {
      tell(kind, subject.toString(), Optional.empty(), began, Optional.of(e));
      throw e;
    }
  }

  private static String name(Kind kind, BranchRecord branch) {
    return switch (kind) {
      case DATABASE_CREATED, DATABASE_DELETED ->
          branch.name().isMain() ? branch.name().database() : branch.name().toString();
      default -> branch.name().toString();
    };
  }

  private long now() {
    return events.areHeard() ? System.nanoTime() : 0;
  }

  private void tell(
      Kind kind, String subject, Optional<String> id, long began, Optional<Exception> failure) {
    if (began != 0 && events.areHeard()) {
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      events.tell(new BpgEvent(kind, subject, id, clock.instant(), took, failure));
    }
  }
}
