package dev.bpg.internal.platform.zfs;

import java.time.Duration;

/**
 * ZFS on this machine, by subject. Immutable and safe for use by several threads; nothing has to be
 * closed.
 *
 * <p>Every operation ends within a time limit, two minutes unless {@link #withTimeout} says
 * otherwise: when the kernel does not come back, which it does not while a pool is suspended, it
 * fails with {@link ZfsException.Kind#OUTCOME_UNKNOWN} and the call goes on in the background. An
 * interruption does not end an operation; the thread's status is set again afterwards. Streams have
 * no limit and can be interrupted.
 */
public final class Zfs {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final ZfsVersion version;
  private final KernelCalls calls;

  Zfs(ZfsVersion version, KernelCalls calls) {
    this.version = version;
    this.calls = calls;
  }

  /**
   * Loads the libraries, and asks the kernel module whether it is one that these classes know.
   * Takes a millisecond; worth keeping what it returns.
   *
   * @throws ZfsUnavailableException if a library or {@code /dev/zfs} is missing or may not be
   *     opened, or the module answers otherwise than expected
   */
  public static Zfs open() throws ZfsUnavailableException {
    KernelCalls calls = new KernelCalls(TIMEOUT);
    return new Zfs(Probe.run(calls), calls);
  }

  /** The same with another time limit for every operation. */
  public Zfs withTimeout(Duration timeout) {
    return new Zfs(version, calls.withTimeout(timeout));
  }

  /** The kernel module's version. */
  public ZfsVersion version() {
    return version;
  }

  /** File systems: create, clone, destroy, promote, roll back, rename. */
  public Datasets datasets() {
    return new Datasets(calls, mounts());
  }

  /** Snapshots: create, destroy, at once or when nothing needs them any more. */
  public Snapshots snapshots() {
    return new Snapshots(calls);
  }

  /** Holds, which keep snapshots. */
  public Holds holds() {
    return new Holds(calls);
  }

  /** Bookmarks, which remember snapshots. */
  public Bookmarks bookmarks() {
    return new Bookmarks(calls);
  }

  /** Streams: send and receive snapshots. */
  public Streams streams() {
    return new Streams(calls);
  }

  /** Properties of datasets, snapshots and pools, and what is below them. */
  public Properties properties() {
    return new Properties(calls);
  }

  /** Mounts of file systems. */
  public Mounts mounts() {
    return new Mounts(calls);
  }
}
