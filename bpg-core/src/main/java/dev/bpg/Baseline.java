package dev.bpg;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.SnapshotListing;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.CloneMethod;
import java.util.List;
import java.util.Optional;

/**
 * A running branch that has what another one was made of: its parent, or else a temporary branch
 * that is made for the purpose and goes when this is closed.
 */
final class Baseline implements AutoCloseable {

  private final Branch branch;
  private final Optional<TemporaryBranch> made;

  private Baseline(Branch branch, Optional<TemporaryBranch> made) {
    this.branch = branch;
    this.made = made;
  }

  static Baseline of(Engine engine, BranchRecord record) {
    BranchRecord live = engine.branches().latest(record);
    if (live.origin().method() == CloneMethod.RECOVERY) {
      throw new RefusedException(
          "find the changes of",
          live.name().toString(),
          "it was recovered to a time that its parent has left behind",
          "compare it with a branch of your choice by diff(other)");
    }
    Optional<SnapshotListing.Entry> snapshot = snapshot(engine, live);
    if (snapshot.isPresent()) {
      String id = snapshot.get().snapshot().id().value();
      return made(new BranchBuilder(engine, snapshot.get().branch().name()).snapshot(id));
    }
    BranchRecord parent = engine.branches().parentOf("find the changes of", live);
    // What was masked in the one has to be masked in the other.
    boolean asItIs =
        engine.policies().of(parent).afterClone().isEmpty()
            && engine.servers().status(parent).state() == BranchStatus.State.RUNNING;
    return asItIs
        ? new Baseline(new Branch(engine, parent), Optional.empty())
        : made(new BranchBuilder(engine, parent.name()).fast());
  }

  private static Optional<SnapshotListing.Entry> snapshot(Engine engine, BranchRecord record) {
    Optional<String> id = record.origin().snapshot();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    List<SnapshotListing.Entry> found =
        engine
            .snapshots()
            .list()
            .where(entry -> entry.snapshot().id().value().equals(id.get()))
            .entries();
    return found.stream().findFirst();
  }

  private static Baseline made(BranchBuilder builder) {
    TemporaryBranch temporary = builder.createTemporary();
    return new Baseline(temporary, Optional.of(temporary));
  }

  Branch branch() {
    return branch;
  }

  @Override
  public void close() {
    made.ifPresent(TemporaryBranch::close);
  }
}
