package dev.bpg.internal.engine;

import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.internal.catalog.BranchRecord;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes branches whose time has come: those that this process made or found when it opened. A
 * branch with children is left alone until somebody opens the home again.
 */
final class Expiry {

  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  private final Clock clock;
  private final Background background;
  private final Removal removal;

  Expiry(Clock clock, Background background, Removal removal) {
    this.clock = clock;
    this.background = background;
    this.removal = removal;
  }

  void watch(BranchRecord branch) {
    branch
        .expiresAt()
        .ifPresent(
            at -> {
              Duration left = Duration.between(clock.instant(), at);
              background.deleteAfter(left, branch.name(), () -> expire(branch));
            });
  }

  private void expire(BranchRecord branch) throws java.io.IOException, InterruptedException {
    try {
      removal.delete(branch, false);
      LOG.info("deleted {}, which expired at {}", branch.name(), branch.expiresAt().orElseThrow());
    } catch (NotFoundException e) {
      LOG.debug("{} was gone before it expired", branch.name());
    } catch (BusyException e) {
      LOG.warn("{} expired and is kept: {}", branch.name(), e.reason());
    }
  }
}
