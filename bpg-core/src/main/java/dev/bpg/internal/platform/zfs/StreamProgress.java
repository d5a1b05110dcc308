package dev.bpg.internal.platform.zfs;

/** Is told how far a stream has come. */
@FunctionalInterface
public interface StreamProgress {

  /** Does nothing. */
  StreamProgress NONE = bytes -> {};

  /**
   * Called after each part, by a thread of the transfer; what it throws ends the transfer.
   *
   * @param bytes transferred since the call began
   */
  void transferred(long bytes);
}
