package dev.bpg;

import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.pool.Pool;
import dev.bpg.internal.pool.Pools;
import dev.bpg.internal.pool.Taken;
import dev.bpg.model.PoolLimits;

/**
 * Temporary branches of one source that are started ahead of those who want them.
 *
 * <pre>{@code
 * BranchPool pool = bpg.pool(bpg.from("api/main").snapshot("nightly"), PoolLimits.defaults());
 * try (TemporaryBranch branch = pool.take()) { … }
 * }</pre>
 *
 * <p>Only branches of a snapshot are started ahead, because its data cannot change; a branch of
 * anything else is made when it is taken. All pools of a home share what they have, whichever
 * process started it, and count their servers together. How many wait follows from how many were
 * missed: see {@link PoolLimits}. What waits goes with its process, as temporary branches do.
 *
 * <p>Closing a branch gives it back, off the caller's path. If it is what it was, it is handed out
 * again, with another password of the superuser and without its sessions; else it is deleted. It is
 * what it was if no transaction took an id, its server was not restarted, its record, configuration
 * and replication slots are the same, and nothing was made from it, no mark either. Branches with
 * anything {@code UNLOGGED}, or with another role that can log in by a password, are not handed out
 * again. Not looked at are statistics, files that a superuser wrote outside the tables, numbers
 * that a sequence had set aside before, and limits of space. Whatever still has the closed branch
 * gets {@link dev.bpg.error.NotFoundException} from it.
 *
 * <p>Thread-safe. It ends with its {@link Bpg}.
 */
public final class BranchPool {

  private final Engine engine;
  private final Pools pools;
  private final BranchRequest request;
  private final PoolLimits limits;

  BranchPool(Engine engine, Pools pools, BranchRequest request, PoolLimits limits) {
    this.engine = engine;
    this.pools = pools;
    this.request = request;
    this.limits = limits;
    // What is asked for is looked at now, and at each take: a label may mean a newer snapshot then.
    pools.pool(request, limits);
  }

  /**
   * A branch that nobody else has: at once if one waits, else one that is being started, or a new
   * one.
   *
   * @throws dev.bpg.error.BusyException if as many live as the limits allow, and none was closed
   *     within their time-out
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   * @throws dev.bpg.error.BpgException as {@link BranchBuilder#createTemporary()} does
   */
  public TemporaryBranch take() {
    Pool pool = pools.pool(request, limits);
    Taken taken = pools.take(pool);
    // As it was taken: it may have become another incarnation by the time it is given back.
    return new TemporaryBranch(engine, taken, () -> pools.giveBack(pool, taken.branch()));
  }

  /** Has one started, off the caller's path, unless one waits. */
  void haveOne() {
    pools.pool(request, limits).haveOne();
  }
}
