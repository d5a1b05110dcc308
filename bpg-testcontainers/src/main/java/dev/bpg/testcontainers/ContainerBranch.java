package dev.bpg.testcontainers;

import dev.bpg.Branch;
import dev.bpg.PreparedBranch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.NotFoundException;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.ContainerSpec;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The branch of one container, from before its start until after its end. For one thread at a time,
 * as Testcontainers' containers are.
 */
final class ContainerBranch {

  private @Nullable PreparedBranch<?> prepared;
  private @Nullable Branch branch;

  /** Makes the data of a branch that goes with its container, or with this process. */
  ContainerSpec begin(BranchSource source, Map<String, String> settings, Optional<String> image) {
    release();
    prepared = source.builder(settings).prepareTemporary(image);
    return prepared.container();
  }

  /**
   * Finds the branch of a container that is used again, or makes its data if none runs.
   *
   * @param name its name within its database
   */
  ContainerSpec beginReusable(
      BranchSource source, Map<String, String> settings, Optional<String> image, String name) {
    release();
    while (true) {
      Optional<Branch> running = running(source, source.name().sibling(name).toString());
      if (running.isPresent()) {
        branch = running.get();
        return branch.container();
      }
      try {
        prepared = source.builder(settings).named(name).prepare(image);
        return prepared.container();
      } catch (AlreadyExistsException e) {
        // Another process made it just now: looked for again.
        continue;
      }
    }
  }

  // One that was stopped is not used again, as Testcontainers uses no container again that was.
  private static Optional<Branch> running(BranchSource source, String name) {
    try {
      Branch found = source.bpg().getBranch(name);
      BranchStatus.State state = found.status().state();
      if (state == BranchStatus.State.RUNNING || state == BranchStatus.State.STARTING) {
        return Optional.of(found);
      }
      found.delete();
      return Optional.empty();
    } catch (NotFoundException e) {
      // There was none, or somebody else deleted it just now.
      return Optional.empty();
    }
  }

  /** Whether its container was to be started, and is not yet known to take connections. */
  boolean isPrepared() {
    return prepared != null;
  }

  /** Makes the branch ready, now that its container runs. */
  Branch complete() {
    if (prepared != null) {
      branch = prepared.complete();
      prepared = null;
    } else if (branch != null) {
      branch.start();
    }
    return get().orElseThrow();
  }

  /** The branch; empty if its container does not run. */
  Optional<Branch> get() {
    return Optional.ofNullable(branch);
  }

  /** Lets go of it after a failure: a branch that was there before stays. */
  void abandon() {
    boolean before = prepared == null && branch != null && !branch.isTemporary();
    if (before) {
      branch = null;
    }
    release();
  }

  /** Takes it away. A second call does nothing. */
  void release() {
    PreparedBranch<?> begun = prepared;
    Branch made = branch;
    prepared = null;
    branch = null;
    if (begun != null) {
      begun.close();
    }
    if (made instanceof TemporaryBranch temporary) {
      temporary.close();
    } else if (made != null) {
      delete(made);
    }
  }

  private static void delete(Branch made) {
    try {
      made.delete();
    } catch (NotFoundException e) {
      // Somebody deleted it already, which is all that is wanted.
      return;
    }
  }
}
