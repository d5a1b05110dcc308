package dev.bpg.internal.pool;

import dev.bpg.error.BpgException;
import dev.bpg.error.BusyException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.lease.Slot;
import dev.bpg.internal.lease.Slots;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.platform.Alarm;
import dev.bpg.internal.platform.MachineMemory;
import dev.bpg.internal.postgres.ReadySession;
import dev.bpg.model.BranchId;
import dev.bpg.model.PoolLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The branches of one source that this process has ahead. As many wait as were missed: each time
 * that nothing waited for somebody, twice as many are started ahead from then on, and half of them
 * where branches come back; when none was taken for the idle time, all are deleted. Safe for use by
 * several threads.
 */
public final class Pool {

  private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

  private final PoolParts parts;
  private final BranchRequest request;
  private final Optional<Tokens> tokens;
  private final Members members;
  private final Map<BranchId, Member> taken = new ConcurrentHashMap<>();
  private final Stock<Member> stock = new Stock<>();
  private final Set<Alarm> alarms = new HashSet<>();
  private PoolLimits limits;
  private int target;
  private long lastTaken = System.nanoTime();
  private boolean draining;
  private boolean comingBack;

  /**
   * A pool.
   *
   * @param tokens what waits for all processes; empty if the source may change, so that nothing can
   *     be started ahead
   */
  Pool(PoolParts parts, BranchRequest request, Optional<Tokens> tokens, PoolLimits limits) {
    this.parts = parts;
    this.request = request;
    this.tokens = tokens;
    this.members = new Members(parts, request);
    this.limits = limits;
  }

  /** What it has branches of. */
  BranchRequest request() {
    return request;
  }

  synchronized void limit(PoolLimits other) {
    limits = other;
  }

  private synchronized PoolLimits limits() {
    return limits;
  }

  /**
   * A branch that nobody else has: one that waits, or is being started, or a new one.
   *
   * @throws BusyException if too many live, and none went within the time-out
   */
  Taken take() throws IOException, InterruptedException {
    Optional<Member> waiting = takeReady();
    Member member = waiting.isPresent() ? waiting.get() : takeMissing();
    taken.put(member.branch().id(), member);
    refill();
    return new Taken(member.branch(), member.session());
  }

  private Optional<Member> takeReady() throws IOException {
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    for (Optional<Member> next = next(); next.isPresent(); next = next()) {
      if (isClaimed(next.get())) {
        return next;
      }
    }
    for (Optional<Member> other = parts.others().take(tokens.get());
        other.isPresent();
        other = parts.others().take(tokens.get())) {
      Member member = other.get();
      if (parts.isFree(member.branch())) {
        return other;
      }
      parts.later(() -> members.delete(member));
    }
    return Optional.empty();
  }

  private synchronized Optional<Member> next() {
    lastTaken = System.nanoTime();
    return stock.poll();
  }

  private boolean isClaimed(Member member) throws IOException {
    if (tokens.orElseThrow().claim(member.branch().id()) && parts.isAlive(member)) {
      return true;
    }
    // Taken by another process, which may have died before it was its own; or ended by somebody.
    parts.later(() -> members.delete(member));
    return false;
  }

  private Member takeMissing() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limits().timeout().toNanos();
    // One that somebody began to start is ready sooner than one that is begun now.
    Optional<Member> started = stock.await(deadline);
    PoolLimits now = grow();
    if (started.isPresent() && isClaimed(started.get())) {
      return started.get();
    }
    if (stock.isClosed()) {
      throw closed();
    }
    Optional<Slot> free = members.slot(now);
    return free.isPresent() ? members.create(free.get()) : await(now, deadline);
  }

  private synchronized PoolLimits grow() {
    if (tokens.isPresent()) {
      target = Math.min(limits.ahead(), Math.max(2, 2 * target));
    }
    return limits;
  }

  private Member await(PoolLimits now, long deadline) throws IOException, InterruptedException {
    try (Alarm alarm = waitFor(Alarm.open());
        Slots.Changes changes = parts.slots().changes()) {
      return await(now, deadline, alarm, changes);
    }
  }

  private Member await(PoolLimits now, long deadline, Alarm alarm, Slots.Changes changes)
      throws IOException, InterruptedException {
    try {
      do {
        Optional<Member> waiting = takeReady();
        if (waiting.isPresent()) {
          return waiting.get();
        }
        do {
          Optional<Slot> free = members.slot(now);
          if (free.isPresent()) {
            return members.create(free.get());
          }
        } while (parts.others().evictFor(tokens));
      } while (changes.await(alarm, deadline));
    } finally {
      forget(alarm);
    }
    throw stock.isClosed()
        ? closed()
        : new BusyException(
            "branch",
            request.parent().toString(),
            now.servers() + " branches of pools live, and none went within " + now.timeout(),
            "allow more servers in the pool's limits, or close branches that are not used any"
                + " more");
  }

  private UnavailableException closed() {
    return new UnavailableException(
        "branch", request.parent().toString(), "bpg was closed meanwhile", "open it again");
  }

  // Closing the pool rings it.
  private synchronized Alarm waitFor(Alarm alarm) throws IOException {
    alarms.add(alarm);
    if (stock.isClosed()) {
      alarm.ring();
    }
    return alarm;
  }

  private synchronized void forget(Alarm alarm) {
    alarms.remove(alarm);
  }

  /** Has one started, off the caller's path, unless one waits or is being started. */
  public synchronized void haveOne() {
    if (tokens.isEmpty()) {
      return; // What it is made of may change.
    }
    target = Math.min(limits.ahead(), Math.max(target, 1));
    refill();
  }

  /** Starts what is missing, off the caller's path. */
  private synchronized void refill() {
    while (stock.reserve(Pools.STARTED_AT_ONCE, wanted())) {
      if (!parts.start(this::startOne)) {
        stock.giveUp();
        return;
      }
    }
  }

  // Where branches come back fit for somebody else, they take the place of those that are taken:
  // what is started besides would be one too many, and deleted.
  private int wanted() {
    int all = Math.min(target, limits.ahead());
    return comingBack ? (all + 1) / 2 : all;
  }

  private void startOne() {
    boolean started = false;
    stock.begin();
    try {
      started = startAhead();
    } catch (InterruptedException e) {
      LOG.debug("nothing more is started ahead of {}: bpg is closing", request.parent(), e);
    } catch (IOException | BpgException e) {
      // Whoever wants a branch tries for himself, and is told.
      LOG.debug("could not start a branch of {} ahead", request.parent(), e);
    } finally {
      stock.end();
    }
    if (started) {
      refill();
    }
  }

  private boolean startAhead() throws IOException, InterruptedException {
    PoolLimits now = limits();
    if (MachineMemory.available() < now.reserve()) {
      LOG.debug("nothing is started ahead of {}: memory is short", request.parent());
      return false;
    }
    Optional<Slot> slot = members.slot(now);
    if (slot.isEmpty()) {
      return false;
    }
    Member member = members.createAhead(slot.get(), now.reuse());
    try {
      offer(member);
    } catch (Throwable first) {
      members.delete(member);
      throw first;
    }
    return true;
  }

  private void offer(Member member) throws IOException {
    try {
      // Its token first: whoever finds it in the stock claims that.
      tokens.orElseThrow().offer(member.branch());
    } catch (Throwable first) {
      member.session().ifPresent(ReadySession::close);
      throw first;
    }
    if (!stock.add(member)) {
      drain(List.of(member));
      return;
    }
    drainLater();
    try {
      parts.slots().signal();
    } catch (IOException e) {
      // It is offered; whoever waits sees it a moment later, with the next change.
      LOG.debug("nobody was told that {} waits", member.branch().name(), e);
    }
  }

  private synchronized void drainLater() {
    if (!draining) {
      draining = true;
      parts.later(limits.idle(), this::drainIfIdle);
    }
  }

  /** Takes a branch back, off the caller's path: it is handed out again, or deleted. */
  void giveBack(BranchRecord branch) {
    Member member = taken.remove(branch.id());
    if (member != null) {
      parts.later(() -> finish(member));
    }
  }

  private void finish(Member member) {
    boolean wanted = isWanted();
    // Where enough wait already it is only seen whether it could have.
    boolean fit = wanted ? reuse(member) : members.looksFit(member);
    if (member.trace().isPresent()) {
      synchronized (this) {
        comingBack = fit;
      }
    }
    if (!wanted || !fit) {
      members.delete(member);
      refill();
    }
  }

  private boolean reuse(Member member) {
    try {
      Optional<Member> again = members.renew(member);
      if (again.isEmpty()) {
        return false;
      }
      offer(again.get());
      return true;
    } catch (IOException | BpgException e) {
      LOG.debug("{} is not handed out again", member.branch().name(), e);
      return false;
    }
  }

  // It costs next to nothing, unlike a new one, so more of these may wait than are started ahead.
  private synchronized boolean isWanted() {
    return !stock.isClosed() && limits.reuse() && stock.size() < limits.ahead();
  }

  private void drainIfIdle() {
    synchronized (this) {
      Duration left = limits.idle().minusNanos(System.nanoTime() - lastTaken);
      if (!left.isNegative() && !left.isZero()) {
        parts.later(left, this::drainIfIdle);
        return;
      }
      draining = false;
      target = 0;
    }
    drain(stock.pollAll());
  }

  private void drain(List<Member> waiting) {
    for (Member member : waiting) {
      try {
        tokens.orElseThrow().claim(member.branch().id());
        parts.later(() -> members.delete(member));
      } catch (IOException e) {
        LOG.warn("could not take {} out of its pool", member.branch().name(), e);
      }
    }
  }

  /** Clears away what no process needs any more. To be called when this is closed. */
  void clear() {
    try {
      if (tokens.isPresent()) {
        tokens.get().clear();
      }
    } catch (IOException e) {
      LOG.debug("an empty folder of a pool stays", e);
    }
  }

  /** Nothing is started any more, and what waits is deleted. */
  void close() {
    List<Member> left = stock.close();
    synchronized (this) {
      alarms.forEach(Pool::ring);
    }
    drain(left);
  }

  private static void ring(Alarm alarm) {
    try {
      alarm.ring();
    } catch (IOException e) {
      LOG.warn("somebody who waits for a branch will do so until the time-out", e);
    }
  }
}
