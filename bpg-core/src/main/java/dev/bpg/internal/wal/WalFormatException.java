package dev.bpg.internal.wal;

import java.io.IOException;

/** Bytes that are not the WAL they should be. */
public final class WalFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean foreign;

  private WalFormatException(String reason, boolean foreign) {
    super(reason);
    this.foreign = foreign;
  }

  static WalFormatException damaged(String format, Object... arguments) {
    return new WalFormatException(String.format(format, arguments), false);
  }

  static WalFormatException foreign(String format, Object... arguments) {
    return new WalFormatException(String.format(format, arguments), true);
  }

  /** Whether it is the WAL of another server, rather than damaged. */
  public boolean isForeign() {
    return foreign;
  }
}
