package dev.bpg.internal.pool;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.lease.Slot;
import dev.bpg.internal.lease.Slots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** What other processes have waiting, and what waits for something else than what is wanted. */
final class OtherPools {

  private final Engine engine;
  private final Slots slots;
  private final Supplier<String> lease;
  private final Path folder;

  OtherPools(Engine engine, Slots slots, Supplier<String> lease, Path folder) {
    this.engine = engine;
    this.slots = slots;
    this.lease = lease;
    this.folder = folder;
  }

  /** Takes a branch of the same source from another process. */
  Optional<Member> take(Tokens tokens) throws IOException {
    for (Tokens.Waiting waiting : tokens.list()) {
      Optional<BranchRecord> there = engine.branches().find(waiting.name(), waiting.id());
      if (there.isEmpty()) {
        // Its process is dead, and the branch was deleted. Nobody else clears this away.
        tokens.claim(waiting.id());
      } else if (!isOwn(there.get())) {
        Optional<Member> taken = adopt(tokens, there.get());
        if (taken.isPresent()) {
          return taken;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Deletes one branch that waits for somebody who wants another source, whoever started it.
   *
   * @param wanted the source that is wanted, if anything waits for that
   * @return whether there was one
   */
  boolean evictFor(Optional<Tokens> wanted) throws IOException {
    for (Tokens other : Tokens.all(folder)) {
      if (!Optional.of(other).equals(wanted) && evictOne(other)) {
        return true;
      }
    }
    return false;
  }

  private boolean evictOne(Tokens tokens) throws IOException {
    for (Tokens.Waiting waiting : tokens.list()) {
      Optional<BranchRecord> there = engine.branches().find(waiting.name(), waiting.id());
      Optional<Member> taken = Optional.empty();
      if (there.isPresent() && !isOwn(there.get())) {
        taken = adopt(tokens, there.get());
      } else if (tokens.claim(waiting.id()) && there.isPresent()) {
        Slot slot = slots.of(lease.get(), waiting.id().value());
        taken = Optional.of(new Member(there.get(), slot));
      }
      if (taken.isPresent()) {
        engine.deletions().temporary(taken.get().branch());
        taken.get().slot().release();
        return true;
      }
    }
    return false;
  }

  private boolean isOwn(BranchRecord branch) {
    return branch.owner().filter(lease.get()::equals).isPresent();
  }

  private Optional<Member> adopt(Tokens tokens, BranchRecord branch) throws IOException {
    Optional<BranchRecord> adopted = engine.adopt(branch, () -> tokens.claim(branch.id()));
    if (adopted.isEmpty()) {
      return Optional.empty();
    }
    try {
      Slot slot = slots.takeOver(branch.owner().orElseThrow(), branch.id().value(), lease.get());
      return Optional.of(new Member(adopted.get(), slot));
    } catch (IOException e) {
      engine.deletions().soon(adopted.get());
      throw e;
    }
  }
}
