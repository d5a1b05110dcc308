package dev.bpg.internal.engine;

import dev.bpg.error.BusyException;
import dev.bpg.error.RefusedException;
import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes branches whose time has come: those that this process made, gave another time, or found
 * when it opened. When the time comes the record is read again: another process may have changed
 * it. A branch with children, or a protected one, is left alone until somebody opens the home again
 * or changes its time.
 */
final class Expiry {

  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  private final Parts parts;
  private final Background background;
  private final Removal removal;
  private final Changes changes;

  Expiry(Parts parts, Background background, Removal removal, Changes changes) {
    this.parts = parts;
    this.background = background;
    this.removal = removal;
    this.changes = changes;
  }

  void watch(BranchRecord branch) {
    branch
        .expiresAt()
        .ifPresent(
            at -> {
              Duration left = Duration.between(parts.clock().instant(), at);
              background.deleteAfter(left, branch.name(), () -> expire(branch));
            });
  }

  private void expire(BranchRecord known) throws IOException, InterruptedException {
    Optional<BranchRecord> current = current(known);
    if (current.isEmpty()) {
      LOG.debug("{} was gone before it expired", known.name());
      return;
    }
    BranchRecord branch = current.get();
    Instant now = parts.clock().instant();
    Optional<Instant> at = branch.expiresAt();
    if (at.isEmpty() || now.isBefore(at.get())) {
      watch(branch);
      return;
    }
    try {
      if (changes.deletion(
          Kind.BRANCH_EXPIRED,
          "delete branch",
          branch.name(),
          deleted -> removal.deleteExpired(branch, now, deleted))) {
        LOG.info("deleted {}, which expired at {}", branch.name(), at.get());
      }
    } catch (BusyException | RefusedException e) {
      LOG.warn("{} expired and is kept: {}", branch.name(), e.reason());
    }
  }

  // By its id: it may have another name by now.
  private Optional<BranchRecord> current(BranchRecord known) throws IOException {
    Optional<BranchRecord> sameName =
        parts.catalog().find(known.name()).filter(found -> isSame(found, known));
    return sameName.isPresent()
        ? sameName
        : parts.catalog().list().stream().filter(found -> isSame(found, known)).findFirst();
  }

  private static boolean isSame(BranchRecord found, BranchRecord known) {
    return found.state() == State.READY && found.isOrWas(known.id());
  }
}
