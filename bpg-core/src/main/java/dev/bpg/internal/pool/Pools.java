package dev.bpg.internal.pool;

import dev.bpg.error.CancelledException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.lease.Slots;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.platform.DaemonThreads;
import dev.bpg.model.PoolLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pools of a process: one for each source, as long as the home is open. Thread-safe. */
public final class Pools implements AutoCloseable {

  /**
   * How many branches are started ahead at once while others wait. More would take the processors
   * from the tests, and make each take longer; with fewer they would be idle while a start waits
   * for the disk. Where nothing waits the tests do, and it is one more.
   */
  static final int STARTED_AT_ONCE =
      Math.max(2, 1 + Runtime.getRuntime().availableProcessors() / 2);

  private static final int RETURNS = 2;

  private final Engine engine;
  private final Slots slots;
  private final Supplier<String> lease;
  private final Path folder;
  private final Map<Object, Pool> pools = new ConcurrentHashMap<>();
  private @Nullable PoolParts parts;
  private boolean closed;

  /**
   * No pools yet.
   *
   * @param lease gives this process's lease, taking it out at the first call
   * @param folder where the tokens are
   */
  public Pools(Engine engine, Slots slots, Supplier<String> lease, Path folder) {
    this.engine = engine;
    this.slots = slots;
    this.lease = lease;
    this.folder = folder;
  }

  /** The pool for a request, with these limits from now on. */
  public Pool pool(BranchRequest request, PoolLimits limits) {
    BranchRecord parent = engine.parent(request);
    Optional<SnapshotRecord> snapshot = engine.snapshots().named(request, parent);
    // By its id from here on: a label may mean another snapshot later.
    BranchRequest exact = snapshot.map(of -> request.withSnapshot(of.id().value())).orElse(request);
    Optional<Tokens> tokens =
        snapshot.isEmpty()
            ? Optional.empty()
            : Optional.of(Tokens.of(folder, exact, parent.policy().afterClone(), limits.reuse()));
    Object key = tokens.isPresent() ? tokens.get() : exact;
    return registered(key, exact, tokens, limits);
  }

  // Closing closes each that is registered.
  private synchronized Pool registered(
      Object key, BranchRequest exact, Optional<Tokens> tokens, PoolLimits limits) {
    PoolParts with = parts(exact);
    Pool pool = pools.computeIfAbsent(key, k -> new Pool(with, exact, tokens, limits));
    pool.limit(limits);
    return pool;
  }

  /** A branch of a pool: see {@link Pool#take()}. */
  public Taken take(Pool pool) {
    try {
      return pool.take();
    } catch (IOException e) {
      throw unavailable("take a branch of", pool.request(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "take a branch of",
          pool.request().parent().toString(),
          "the thread was interrupted",
          "call it again if it is still wanted",
          e);
    }
  }

  /** Gives a branch back to its pool, off the caller's path. */
  public void giveBack(Pool pool, BranchRecord branch) {
    pool.giveBack(branch);
  }

  private synchronized PoolParts parts(BranchRequest request) {
    if (closed) {
      throw new UnavailableException(
          "make a pool of", request.parent().toString(), "bpg is closed", "open it again");
    }
    if (parts == null) {
      ScheduledExecutorService timer =
          Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("bpg-pool-timer-"));
      parts =
          new PoolParts(
              engine,
              slots,
              lease,
              new OtherPools(engine, slots, lease, folder),
              Executors.newFixedThreadPool(
                  STARTED_AT_ONCE + 1, DaemonThreads.named("bpg-pool-start-")),
              Executors.newFixedThreadPool(RETURNS, DaemonThreads.named("bpg-pool-return-")),
              timer);
    }
    return parts;
  }

  /**
   * Deletes what waits, and waits for that. Branches that were taken stay; what is given back later
   * is deleted with the other temporary branches.
   */
  @Override
  public void close() {
    PoolParts used;
    synchronized (this) {
      closed = true;
      used = parts;
    }
    if (used == null) {
      return;
    }
    pools.values().forEach(Pool::close);
    used.timer().shutdownNow();
    // What is just being started is undone.
    used.starts().shutdownNow();
    boolean interrupted = DaemonThreads.awaitEnd(used.starts());
    used.returns().shutdown();
    interrupted |= DaemonThreads.awaitEnd(used.returns());
    pools.values().forEach(Pool::clear);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static UnavailableException unavailable(
      String operation, BranchRequest request, IOException cause) {
    return new UnavailableException(
        operation,
        request.parent().toString(),
        cause.toString(),
        "make the home folder writable, or name another one with BPG_HOME",
        cause);
  }
}
