package dev.bpg.internal.lease;

import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.util.function.Supplier;
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

  private final Leases leases;
  private final Watchdog watchdog;
  private @Nullable Lease lease;

  /** A lease that is taken out on demand. */
  public OwnLease(Leases leases, Watchdog watchdog) {
    this.leases = leases;
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

  /** Whether it has been taken out. */
  public synchronized boolean isTaken() {
    return lease != null;
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
   */
  public synchronized void release(boolean inGoodOrder) throws IOException {
    if (lease == null) {
      return;
    }
    if (inGoodOrder) {
      lease.close();
    } else {
      lease.abandon();
    }
    lease = null;
  }
}
