package dev.bpg.health;

import java.util.Optional;

/**
 * What new databases get of several possibilities, and why.
 *
 * @param name the name of what was picked; empty if nothing works
 * @param reason why, or why nothing works
 */
public record Choice(Optional<String> name, String reason) {

  /** {@code btrfs: /srv/bpg/volumes has subvolumes}. */
  @Override
  public String toString() {
    return name.orElse("none") + ": " + reason;
  }
}
