package dev.bpg.internal.pool;

import dev.bpg.error.BpgException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.lease.Slots;
import dev.bpg.internal.postgres.ReadySession;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all pools of a process work with.
 *
 * @param engine makes and deletes branches
 * @param slots how many may live
 * @param lease this process's lease
 * @param others what others have waiting
 * @param starts where branches are started ahead
 * @param returns where branches are looked at and deleted
 * @param timer when pools are looked at for being idle
 */
record PoolParts(
    Engine engine,
    Slots slots,
    Supplier<String> lease,
    OtherPools others,
    ExecutorService starts,
    ExecutorService returns,
    ScheduledExecutorService timer) {

  private static final Logger LOG = LoggerFactory.getLogger(PoolParts.class);

  /** Whether the server of a branch that waits runs. */
  boolean isAlive(Member member) {
    if (member.session().filter(ReadySession::isServed).isPresent()) {
      return true;
    }
    try {
      engine.servers().endpoint(member.branch());
      return true;
    } catch (UnavailableException e) {
      return false;
    }
  }

  /**
   * Whether a branch that was another process's is fit for somebody: its server runs, and the
   * session that was open for somebody there is ended.
   */
  boolean isFree(BranchRecord branch) {
    try {
      return engine.clients().end(branch);
    } catch (BpgException e) {
      LOG.debug("{} was taken over for nothing", branch.name(), e);
      return false;
    }
  }

  /** Starts a branch ahead, unless the pools are closed. */
  boolean start(Runnable task) {
    return run(starts, task);
  }

  /**
   * Looks at or deletes a branch soon. Once the pools are closed nobody does any more: it goes with
   * the other temporary branches.
   */
  void later(Runnable task) {
    run(returns, task);
  }

  private static boolean run(ExecutorService executor, Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("nothing more is done in pools: they are closed", e);
      return false;
    }
  }

  /** The same after some time. */
  void later(Duration delay, Runnable task) {
    try {
      timer.schedule(() -> later(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("nothing waits in pools any more: they are closed", e);
    }
  }
}
