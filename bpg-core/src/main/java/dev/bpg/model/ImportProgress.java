package dev.bpg.model;

import java.util.OptionalLong;

/**
 * How far the filling of a new database is.
 *
 * @param phase what is being done
 * @param done how much of it is done, in units of the phase
 * @param total how much there is to do; empty where that is not known beforehand
 */
public record ImportProgress(Phase phase, long done, OptionalLong total) {

  /** What is done while a database is filled. */
  public enum Phase {
    /** A data folder is copied; in bytes. */
    COPY,
    /** A dump is taken of a running server; in tables whose rows have been begun. */
    DUMP,
    /** A dump is restored; in tables whose rows have been begun. */
    RESTORE,
    /** A script of SQL runs; in bytes of it. */
    SCRIPT,
    /** A base backup is taken of a running server; in KiB. */
    BACKUP
  }

  /** {@code COPY 4096 of 8192}. */
  @Override
  public String toString() {
    return phase + " " + done + (total.isPresent() ? " of " + total.getAsLong() : "");
  }
}
