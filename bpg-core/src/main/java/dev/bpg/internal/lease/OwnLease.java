package dev.bpg.internal.lease;

import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * This process's own lease, taken out when the first temporary branch is made, together with the
 * watchdog that waits for its end. Safe for use by several threads.
 */
public final class OwnLease implements Supplier<String> {

  /** Starts something that cleans up after a lease whose holder was killed. */
  public interface Watchdog {
    /** Starts it; returns as soon as it is a process of its own. */
    void watch(Lease lease) throws IOException;
  }

  // To write them down takes as long as to write down one.
  private static final int RESERVED_AT_ONCE = 100;

  private final Leases leases;
  private final Reservations reservations;
  private final Supplier<String> ids;
  private final Watchdog watchdog;
  private final Deque<String> reserved = new ArrayDeque<>();
  private @Nullable Lease lease;

  /**
   * A lease that is taken out on demand.
   *
   * @param ids makes ids that nothing has
   */
  public OwnLease(
      Leases leases, Reservations reservations, Supplier<String> ids, Watchdog watchdog) {
    this.leases = leases;
    this.reservations = reservations;
    this.ids = ids;
    this.watchdog = watchdog;
  }

  /** The lease's id; the first call takes it out. */
  @Override
  public synchronized String get() {
    if (lease == null) {
      try {
        Lease taken = leases.take();
        watch(taken);
        lease = taken;
      } catch (IOException e) {
        throw new UnavailableException(
            "take out a lease",
            "for temporary branches",
            e.toString(),
            "make the home folder writable, or name another one with BPG_HOME",
            e);
      }
    }
    return lease.id();
  }

  /** An id for a temporary branch, which is durably this lease's; the first call takes it out. */
  public synchronized String nextId() throws IOException {
    if (reserved.isEmpty()) {
      List<String> next = Stream.generate(ids).limit(RESERVED_AT_ONCE).toList();
      reservations.add(get(), next);
      reserved.addAll(next);
    }
    return reserved.removeFirst();
  }

  /** The lease's id, if it has been taken out. */
  public synchronized Optional<String> taken() {
    return Optional.ofNullable(lease).map(Lease::id);
  }

  private void watch(Lease taken) throws IOException {
    try {
      watchdog.watch(taken);
    } catch (IOException e) {
      try {
        taken.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /**
   * Lets go of the lease if it was taken out.
   *
   * @param inGoodOrder whether nothing carries its id any more; if not, the watchdog cleans up
   * @param inUse the ids that temporary branches of other leases have
   */
  public synchronized void release(boolean inGoodOrder, Collection<String> inUse)
      throws IOException {
    if (lease == null) {
      return;
    }
    Lease ended = lease;
    lease = null;
    reserved.clear();
    if (inGoodOrder) {
      try (ended) {
        reservations.forget(ended.id(), inUse);
      }
    } else {
      ended.abandon();
    }
  }
}
