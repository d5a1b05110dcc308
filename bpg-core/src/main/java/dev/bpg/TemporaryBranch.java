package dev.bpg;

import dev.bpg.error.NotFoundException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.pool.Taken;
import dev.bpg.internal.postgres.ReadySession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A branch that goes with its process: use it in a {@code try} statement. If the process is killed,
 * it is gone within 10 seconds. Its own branches are temporary too, and go with it. Thread-safe.
 */
public final class TemporaryBranch extends Branch implements AutoCloseable {

  private final Optional<Runnable> giveBack;
  private final Optional<ReadySession> session;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean permanent = new AtomicBoolean();

  TemporaryBranch(Engine engine, BranchRecord record) {
    super(engine, record);
    this.giveBack = Optional.empty();
    this.session = Optional.empty();
  }

  /**
   * One of a pool.
   *
   * @param giveBack gives it back
   */
  TemporaryBranch(Engine engine, Taken taken, Runnable giveBack) {
    super(engine, taken.branch());
    this.giveBack = Optional.of(giveBack);
    this.session = taken.session();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Its first connection may have been opened ahead, if the branch is one of a {@link
   * BranchPool}.
   */
  @Override
  public DataSource dataSource() {
    return dataSource(session);
  }

  @Override
  public String getJdbcUrl() {
    endSession();
    return super.getJdbcUrl();
  }

  @Override
  public int getPort() {
    endSession();
    return super.getPort();
  }

  @Override
  public void idleStop(Duration time) {
    endSession();
    super.idleStop(time);
  }

  @Override
  public boolean hasClients() {
    endSession(); // It is nobody's yet.
    return super.hasClients();
  }

  // Whoever connects by himself does not expect that anybody else has, which CREATE DATABASE of a
  // template and DROP DATABASE refuse.
  private void endSession() {
    session.ifPresent(ReadySession::close);
  }

  /**
   * Deletes it with all its descendants, off the caller's path: returns at once. A second call does
   * nothing. A failure is logged, and made good by the next process that opens the home. One of a
   * {@link BranchPool} is given back instead.
   */
  @Override
  public void close() {
    endSession();
    BranchRecord last = super.record();
    if (!permanent.get() && closed.compareAndSet(false, true)) {
      giveBack.ifPresentOrElse(Runnable::run, () -> engine().deletions().soon(last));
    }
  }

  // One of a pool may be somebody else's by then.
  @Override
  BranchRecord record() {
    BranchRecord own = super.record();
    if (closed.get() && giveBack.isPresent()) {
      throw new NotFoundException(
          "use branch",
          own.name().toString(),
          "it was closed, which gave it back to its pool",
          "take another one");
    }
    return own;
  }

  /**
   * Makes it a permanent branch: it stays until somebody deletes it, and {@link #close()} does
   * nothing any more. Its server is restarted, which ends its sessions: from here on it waits for
   * the disk, as those of permanent branches do.
   *
   * @return the branch under its same name
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   * @throws dev.bpg.error.RefusedException if its parent is temporary
   */
  public Branch keep() {
    Branch kept = new Branch(engine(), engine().keep(record()));
    if (permanent.compareAndSet(false, true)) {
      // The pool sees that it is not its any more.
      giveBack.ifPresent(Runnable::run);
    }
    return kept;
  }
}
