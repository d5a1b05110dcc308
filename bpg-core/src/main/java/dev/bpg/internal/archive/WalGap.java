package dev.bpg.internal.archive;

import dev.bpg.model.Lsn;

/**
 * Segments that are missing between others of their timeline.
 *
 * @param first the name of the first one that is missing
 * @param last the name of the last one that is missing
 * @param from where the WAL that is missing begins
 * @param to where it ends
 */
public record WalGap(String first, String last, Lsn from, Lsn to) {

  @Override
  public String toString() {
    return first.equals(last) ? first : first + " to " + last;
  }
}
