package dev.bpg.health;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Something that carries an id of bpg's making and that no record knows.
 *
 * @param kind what it is
 * @param id the id that it carries; for the lock of a branch, the branch's name
 * @param where where it is: a path, or the name of a server runtime
 * @param bytes the bytes that it refers to, shared or not; empty where nobody keeps count
 */
public record Orphan(Kind kind, String id, String where, OptionalLong bytes) {

  /** What can be left. */
  public enum Kind {
    /** What a runtime keeps of a server, or a running server: a container, a log, sockets. */
    SERVER,
    /** A volume, of a branch or a snapshot. */
    VOLUME,
    /** A password. */
    SECRET,
    /** The file of a lock that nobody holds. */
    LOCK
  }

  /** {@code volume 0a1b… at /srv/bpg/volumes/0a1b…/data, 7340032 bytes}. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT)
        + " "
        + id
        + " at "
        + where
        + (bytes.isPresent() ? ", " + bytes.getAsLong() + " bytes" : "");
  }
}
