package dev.bpg.model;

import dev.bpg.error.RefusedException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How a storage lays out the volumes of a database, where it has a choice. What is empty is left to
 * the storage's default.
 *
 * @param recordSize the largest block of a file in bytes, a power of two from 512 to 16 MiB
 * @param compression the name of a method, as {@code zfsprops(7)} lists them, such as {@code lz4}
 * @param accessTimes whether reading a file notes the time in it
 */
public record VolumeProperties(
    OptionalInt recordSize, Optional<String> compression, Optional<Boolean> accessTimes) {

  /** What a record size can be, for messages. */
  public static final String RECORD_SIZES =
      "use a power of two from 512 to 16M, such as 8k for Postgres' pages";

  /** What a compression can be, for messages. */
  public static final String COMPRESSIONS =
      "use off, on, lz4, zstd, zstd-1 to zstd-19, zstd-fast, gzip, gzip-1 to gzip-9, lzjb or zle";

  private static final int SMALLEST = 512;
  private static final int LARGEST = 16 << 20;
  private static final Pattern COMPRESSION =
      Pattern.compile(
          "on|off|lz4|lzjb|zle|gzip(-[1-9])?|zstd(-([1-9]|1[0-9]))?"
              + "|zstd-fast(-([1-9]|[1-9]0|100|500|1000))?");
  private static final VolumeProperties NONE =
      new VolumeProperties(OptionalInt.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks the values.
   *
   * @throws RefusedException if one is not allowed
   */
  public VolumeProperties {
    recordSize.ifPresent(VolumeProperties::checkRecordSize);
    compression.ifPresent(VolumeProperties::checkCompression);
  }

  /** Everything is left to the storage. */
  public static VolumeProperties none() {
    return NONE;
  }

  /**
   * The same with another record size.
   *
   * @throws RefusedException if it is not a power of two from 512 to 16 MiB
   */
  public VolumeProperties withRecordSize(int bytes) {
    return new VolumeProperties(OptionalInt.of(bytes), compression, accessTimes);
  }

  /**
   * The same with another compression.
   *
   * @throws RefusedException if there is no such method
   */
  public VolumeProperties withCompression(String method) {
    return new VolumeProperties(recordSize, Optional.of(method), accessTimes);
  }

  /** The same with times of access, or without. */
  public VolumeProperties withAccessTimes(boolean noted) {
    return new VolumeProperties(recordSize, compression, Optional.of(noted));
  }

  /** What this says and, where it says nothing, what the other one does. */
  public VolumeProperties orElse(VolumeProperties other) {
    return new VolumeProperties(
        recordSize.isPresent() ? recordSize : other.recordSize,
        compression.or(other::compression),
        accessTimes.or(other::accessTimes));
  }

  private static void checkRecordSize(int bytes) {
    if (bytes < SMALLEST || bytes > LARGEST || Integer.bitCount(bytes) != 1) {
      throw new RefusedException(
          "use the record size",
          Integer.toString(bytes),
          bytes + " is not a power of two from 512 to 16M",
          RECORD_SIZES);
    }
  }

  private static void checkCompression(String method) {
    if (!COMPRESSION.matcher(method).matches()) {
      String shown = "\"" + method.replaceAll("\\p{Cntrl}", "?") + "\"";
      throw new RefusedException(
          "use the compression", shown, shown + " is not a method of ZFS", COMPRESSIONS);
    }
  }
}
