package dev.bpg.internal.platform.zfs;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Snapshots that are held until this is closed, or its process ends. Safe for use by several
 * threads.
 */
public final class Hold implements AutoCloseable {

  private final KernelCalls calls;
  private final Operation holding;
  private final Device device;
  private final AtomicBoolean closed = new AtomicBoolean();

  Hold(KernelCalls calls, Operation holding, Device device) {
    this.calls = calls;
    this.holding = holding;
    this.device = device;
  }

  /**
   * Releases the snapshots. Later calls do nothing.
   *
   * @throws ZfsException {@code OUTCOME_UNKNOWN} if the kernel does not answer in time
   */
  @Override
  public void close() throws ZfsException {
    if (closed.compareAndSet(false, true)) {
      // The kernel releases in close(2), which waits for a transaction group.
      calls.run(new Operation("release", holding.subject(), holding.dataset()), device::close);
    }
  }
}
