package dev.bpg.testing;

import java.time.Duration;
import java.util.Optional;

/** How long tests wait for what has a promised time. */
public final class Patience {

  // That of a machine whose processors are emulated: dev/zfs-machine says so.
  private static final int SLOWNESS =
      Optional.ofNullable(System.getenv("BPG_TEST_SLOWNESS")).map(Integer::parseInt).orElse(1);

  private Patience() {}

  /** What a promised time is on this machine. */
  public static Duration of(Duration promised) {
    return promised.multipliedBy(SLOWNESS);
  }
}
