package dev.bpg.health;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param area what it belongs to
 * @param severity what to make of it
 * @param text what was found, in a few words
 * @param hint what to do about it; empty if nothing needs to be done
 */
public record Finding(Area area, Severity severity, String text, Optional<String> hint) {

  /** What can be looked at. */
  public enum Area {
    /** The machine: kernel, limits, shared memory. */
    SYSTEM,
    /** The home folder. */
    HOME,
    /** Who this process is and what it may do. */
    RIGHTS,
    /** The storages, each of them. */
    STORAGE,
    /** The binaries of Postgres for servers that are processes. */
    BINARIES,
    /** The Docker daemon. */
    DOCKER,
    /** The records of branches and snapshots. */
    CATALOG,
    /** The branches, each of them that is not healthy. */
    BRANCHES,
    /** The certificates of servers with TLS. */
    CERTIFICATES,
    /** What carries an id of ours and is in no record. */
    ORPHANS
  }

  /** What to make of a finding. */
  public enum Severity {
    /** As it should be, or not needed. */
    OK,
    /** It works, and somebody should look at it. */
    WARNING,
    /** Something does not work. */
    PROBLEM
  }

  /** A finding with nothing to do about it. */
  public static Finding ok(Area area, String text) {
    return new Finding(area, Severity.OK, text, Optional.empty());
  }

  /** A finding that somebody should look at. */
  public static Finding warning(Area area, String text, String hint) {
    return new Finding(area, Severity.WARNING, text, Optional.of(hint));
  }

  /** A finding that keeps something from working. */
  public static Finding problem(Area area, String text, String hint) {
    return new Finding(area, Severity.PROBLEM, text, Optional.of(hint));
  }

  /** {@code warning home: 512 MiB are free}, with the hint on a line of its own. */
  @Override
  public String toString() {
    return "%-8s %s: %s%s"
        .formatted(
            severity.name().toLowerCase(Locale.ROOT),
            area.name().toLowerCase(Locale.ROOT),
            text,
            hint.map(action -> "\n         HINT: " + action).orElse(""));
  }
}
