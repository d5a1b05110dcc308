package dev.bpg.internal.platform.zfs;

import java.util.Optional;

/**
 * Where to receive a stream. Immutable.
 *
 * @param snapshot the snapshot to make; its dataset is made too if the stream is a full one
 * @param properties for the dataset; those of the stream itself are not taken over
 * @param origin for a stream of what changed since a snapshot, the snapshot to make a clone of;
 *     nothing if the dataset has it itself
 * @param rollsBack whether changes of the dataset since that snapshot are thrown away rather than
 *     an error
 * @param resumable whether what was received stays when the stream breaks off, to be completed by
 *     another one
 * @param raw whether the stream was sent raw
 */
public record ReceiveRequest(
    SnapshotName snapshot,
    PropertySettings properties,
    Optional<SnapshotName> origin,
    boolean rollsBack,
    boolean resumable,
    boolean raw) {

  /** Receives as one snapshot, all or nothing. */
  public static ReceiveRequest as(SnapshotName snapshot) {
    return new ReceiveRequest(
        snapshot, PropertySettings.none(), Optional.empty(), false, false, false);
  }

  /** The same with properties for the dataset. */
  public ReceiveRequest with(PropertySettings others) {
    return new ReceiveRequest(snapshot, others, origin, rollsBack, resumable, raw);
  }

  /** The same as a clone of a snapshot. */
  public ReceiveRequest cloning(SnapshotName from) {
    return new ReceiveRequest(snapshot, properties, Optional.of(from), rollsBack, resumable, raw);
  }

  /** The same, throwing away what the dataset changed since. */
  public ReceiveRequest rollingBack() {
    return new ReceiveRequest(snapshot, properties, origin, true, resumable, raw);
  }

  /** The same, to be completed by another stream should this one break off. */
  public ReceiveRequest resumably() {
    return new ReceiveRequest(snapshot, properties, origin, rollsBack, true, raw);
  }

  /** The same for a stream that was sent raw. */
  public ReceiveRequest asRaw() {
    return new ReceiveRequest(snapshot, properties, origin, rollsBack, resumable, true);
  }
}
