package dev.bpg.internal.platform.zfs;

import java.util.Optional;

/**
 * Where a property's value comes from.
 *
 * @param kind what set it
 * @param dataset the dataset or snapshot it was set on, if it was set and is known
 */
public record Source(Kind kind, Optional<String> dataset) {

  /** What set a property. */
  public enum Kind {
    /** Nothing: ZFS reports it and nobody can set it, such as {@code used}. */
    NONE,
    /** ZFS's own default. */
    DEFAULT,
    /** Set on the dataset itself. */
    LOCAL,
    /** Set on a dataset above. */
    INHERITED,
    /** Came in a stream with the dataset. */
    RECEIVED
  }

  private static final String RECEIVED = "$recvd";

  /** Of a snapshot, what its dataset has counts as inherited. */
  static Source of(Object text, String of) {
    if (!(text instanceof String source)) {
      return new Source(Kind.NONE, Optional.empty());
    } else if (source.isEmpty()) {
      return new Source(Kind.DEFAULT, Optional.empty());
    } else if (source.equals(of)) {
      return new Source(Kind.LOCAL, Optional.of(of));
    } else if (source.equals(RECEIVED)) {
      return new Source(Kind.RECEIVED, Optional.empty());
    }
    return new Source(Kind.INHERITED, Optional.of(source));
  }
}
