package dev.bpg.model;

import dev.bpg.error.RefusedException;
import java.util.OptionalLong;

/**
 * The space that one branch may take and is sure to get, in bytes. A branch's limits are its own:
 * what is branched from it does not inherit them.
 *
 * @param quota the most that it may take: writing more fails in Postgres as on a full disk
 * @param reservation what is set aside for it, whatever others write
 */
public record SpaceLimits(OptionalLong quota, OptionalLong reservation) {

  private static final SpaceLimits NONE =
      new SpaceLimits(OptionalLong.empty(), OptionalLong.empty());

  /**
   * Checks the values.
   *
   * @throws RefusedException if one is not positive, or the reservation exceeds the quota
   */
  public SpaceLimits {
    quota.ifPresent(bytes -> checkPositive("quota", bytes));
    reservation.ifPresent(bytes -> checkPositive("reservation", bytes));
    if (quota.isPresent()
        && reservation.isPresent()
        && reservation.getAsLong() > quota.getAsLong()) {
      throw new RefusedException(
          "reserve",
          reservation.getAsLong() + " bytes",
          "it is more than the quota of " + quota.getAsLong() + " bytes",
          "reserve at most the quota");
    }
  }

  /** No limits. */
  public static SpaceLimits none() {
    return NONE;
  }

  /** Whether there are none. */
  public boolean isNone() {
    return quota.isEmpty() && reservation.isEmpty();
  }

  /**
   * The same with another quota.
   *
   * @throws RefusedException if it is not positive, or less than the reservation
   */
  public SpaceLimits withQuota(long bytes) {
    return new SpaceLimits(OptionalLong.of(bytes), reservation);
  }

  /**
   * The same with another reservation.
   *
   * @throws RefusedException if it is not positive, or more than the quota
   */
  public SpaceLimits withReservation(long bytes) {
    return new SpaceLimits(quota, OptionalLong.of(bytes));
  }

  private static void checkPositive(String what, long bytes) {
    if (bytes <= 0) {
      throw new RefusedException(
          "use the " + what, bytes + " bytes", "it is not positive", "give a number of bytes");
    }
  }
}
