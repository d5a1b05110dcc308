package dev.bpg.internal.pool;

import dev.bpg.error.BpgException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.lease.Slot;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.postgres.ReadySession;
import dev.bpg.internal.postgres.WriteTrace;
import dev.bpg.model.PoolLimits;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what is in a pool, makes it fit for somebody else, and ends it. Thread-safe. */
final class Members {

  private static final Logger LOG = LoggerFactory.getLogger(Members.class);

  private final PoolParts parts;
  private final BranchRequest request;

  /** Makes branches of one request. */
  Members(PoolParts parts, BranchRequest request) {
    this.parts = parts;
    this.request = request;
  }

  /** A place for one more; empty if as many live as may. */
  Optional<Slot> slot(PoolLimits limits) throws IOException, InterruptedException {
    return parts.slots().tryTake(parts.lease().get(), limits.servers());
  }

  /** One for a caller who waits. If that fails, its place is free again. */
  Member create(Slot slot) throws IOException {
    return create(slot, () -> parts.engine().createBranch(request));
  }

  private Member create(Slot slot, Supplier<BranchRecord> maker) throws IOException {
    try {
      BranchRecord branch = maker.get();
      slot.assign(branch.id().value());
      return new Member(branch, slot);
    } catch (Throwable first) {
      try {
        slot.release();
      } catch (IOException e) {
        first.addSuppressed(e);
      }
      throw first;
    }
  }

  /** One that is to wait, with a session for whoever gets it. */
  Member createAhead(Slot slot, boolean reuse) throws IOException {
    if (request.idleStop().isPresent()) {
      BranchRecord branch = create(slot).branch();
      Optional<WriteTrace> trace = reuse ? trace(branch, Optional.empty()) : Optional.empty();
      return new Member(branch, slot, trace, Optional.empty());
    }
    AtomicReference<ReadySession> opened = new AtomicReference<>();
    BranchRecord branch;
    try {
      branch = create(slot, () -> parts.engine().createBranch(request, opened::set)).branch();
    } catch (Throwable first) {
      Optional.ofNullable(opened.get()).ifPresent(ReadySession::close);
      throw first;
    }
    Optional<ReadySession> session =
        opened.get() == null ? session(branch) : Optional.of(opened.get());
    Optional<WriteTrace> trace = reuse ? trace(branch, session) : Optional.empty();
    return new Member(branch, slot, trace, session);
  }

  /** One that was given back, for somebody else; empty if something was written to it. */
  Optional<Member> renew(Member member) {
    if (member.trace().isEmpty()) {
      return Optional.empty();
    }
    BranchRecord branch = member.branch();
    return parts
        .engine()
        .reuse()
        .renew(branch, member.trace().get())
        .map(
            now ->
                new Member(branch, member.slot(), Optional.of(now.trace()), kept(now.session())));
  }

  /** Whether one that was given back is fit for somebody else, as far as is seen at once. */
  boolean looksFit(Member member) {
    try {
      return member
          .trace()
          .filter(since -> parts.engine().reuse().looksUnwritten(member.branch(), since))
          .isPresent();
    } catch (BpgException e) {
      LOG.debug("{} is not what it was", member.branch().name(), e);
      return false;
    }
  }

  private Optional<WriteTrace> trace(BranchRecord branch, Optional<ReadySession> session) {
    try {
      return parts.engine().reuse().trace(branch, session);
    } catch (BpgException e) {
      LOG.debug("{} will not be handed out twice", branch.name(), e);
      return Optional.empty();
    }
  }

  // With one, a server is never idle.
  private Optional<ReadySession> kept(ReadySession session) {
    if (request.idleStop().isPresent()) {
      session.close();
      return Optional.empty();
    }
    return Optional.of(session);
  }

  private Optional<ReadySession> session(BranchRecord branch) {
    try {
      return Optional.of(parts.engine().clients().open(branch));
    } catch (BpgException e) {
      LOG.debug("whoever gets {} connects by himself", branch.name(), e);
      return Optional.empty();
    }
  }

  /** Deletes one. What was made permanent, or was taken over by a process, is left alone. */
  void delete(Member member) {
    member.session().ifPresent(ReadySession::close);
    try {
      parts.engine().deletions().temporary(member.branch());
      member.slot().release();
    } catch (IOException | BpgException e) {
      LOG.warn("could not delete {}; the next start of bpg tries again", member.branch().name(), e);
    }
  }
}
