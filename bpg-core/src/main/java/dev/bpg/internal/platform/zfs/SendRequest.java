package dev.bpg.internal.platform.zfs;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What to send. Immutable.
 *
 * @param snapshot the state that the receiver shall have
 * @param from the full name of the snapshot or bookmark that the receiver has; nothing for all
 * @param options how the data is sent
 * @param resumeObject the object to go on with; 0 to begin
 * @param resumeOffset the byte in that object
 */
public record SendRequest(
    SnapshotName snapshot,
    Optional<String> from,
    Set<Option> options,
    long resumeObject,
    long resumeOffset) {

  /** How data is sent; the bits are {@code enum lzc_send_flags}. */
  public enum Option {
    /** Small blocks within the records that refer to them. */
    EMBEDDED(1),
    /** Blocks above 128 KiB as they are. */
    LARGE_BLOCKS(2),
    /** Compressed blocks as they are. */
    COMPRESSED(4),
    /** Encrypted blocks as they are, and all others too. */
    RAW(8);

    private final int flag;

    Option(int flag) {
      this.flag = flag;
    }
  }

  /** Copies the options. */
  public SendRequest {
    options = Set.copyOf(options);
  }

  /**
   * All of a snapshot, its blocks as they are in the pool: embedded, large and compressed ones,
   * which every pool with the usual features can receive.
   */
  public static SendRequest of(SnapshotName snapshot) {
    return new SendRequest(
        snapshot,
        Optional.empty(),
        EnumSet.of(Option.EMBEDDED, Option.LARGE_BLOCKS, Option.COMPRESSED),
        0,
        0);
  }

  /** The same, but only what changed since a snapshot. */
  public SendRequest since(SnapshotName earlier) {
    return since(earlier.toString());
  }

  /** The same, but only what changed since a bookmark. */
  public SendRequest since(BookmarkName earlier) {
    return since(earlier.toString());
  }

  private SendRequest since(String earlier) {
    return new SendRequest(snapshot, Optional.of(earlier), options, resumeObject, resumeOffset);
  }

  /** The same with other options. */
  public SendRequest with(Set<Option> others) {
    return new SendRequest(snapshot, from, others, resumeObject, resumeOffset);
  }

  int flags() {
    return options.stream().mapToInt(option -> option.flag).sum();
  }

  boolean isResumed() {
    return resumeObject != 0 || resumeOffset != 0;
  }
}
