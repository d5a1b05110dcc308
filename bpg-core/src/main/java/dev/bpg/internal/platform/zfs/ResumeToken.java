package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.zfs.SendRequest.Option;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * How far a stream was received before it broke off: what the property {@code receive_resume_token}
 * of the receiving dataset has.
 *
 * @param text the token itself
 * @param snapshot what was being sent, by the sender's name
 * @param guid of that snapshot
 * @param fromGuid of the snapshot or bookmark that changes were sent since
 * @param object to go on with
 * @param offset the byte in it
 * @param bytes received so far
 * @param options how it was being sent
 */
public record ResumeToken(
    String text,
    SnapshotName snapshot,
    long guid,
    OptionalLong fromGuid,
    long object,
    long offset,
    long bytes,
    Set<Option> options) {

  private static final int LARGEST = 1 << 20;

  /** Copies the options. */
  public ResumeToken {
    options = Set.copyOf(options);
  }

  /**
   * Reads a token: its version, a checksum, the length of a packed list, and that list, compressed;
   * see {@code get_receive_resume_token_impl} of OpenZFS. To be called once ZFS is open.
   *
   * @throws IllegalArgumentException if it is none
   */
  static ResumeToken parse(String text) {
    String[] parts = text.split("-");
    try {
      if (parts.length != 4 || !parts[0].equals("1")) {
        throw new IllegalArgumentException("not of version 1");
      }
      return of(text, unpack(inflate(parts[3], Integer.parseInt(parts[2], 16))));
    } catch (IllegalArgumentException | DataFormatException | NativeException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no receive_resume_token", e);
    }
  }

  private static byte[] inflate(String hex, int size) throws DataFormatException {
    if (size <= 0 || size > LARGEST) {
      throw new IllegalArgumentException("a size of " + size);
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(HexFormat.of().parseHex(hex));
      byte[] packed = new byte[size];
      if (inflater.inflate(packed) != size) {
        throw new DataFormatException("shorter than " + size);
      }
      return packed;
    } finally {
      inflater.end();
    }
  }

  private static Map<String, Object> unpack(byte[] packed) throws NativeException {
    try (Memory memory = new Memory(packed.length)) {
      memory.write(0, packed, 0, packed.length);
      try (NvList list = NvList.unpack(memory, packed.length)) {
        return list.read();
      }
    }
  }

  private static ResumeToken of(String text, Map<String, Object> values) {
    Set<Option> options = EnumSet.noneOf(Option.class);
    add(options, Option.EMBEDDED, values, "embedok");
    add(options, Option.LARGE_BLOCKS, values, "largeblockok");
    add(options, Option.COMPRESSED, values, "compressok");
    add(options, Option.RAW, values, "rawok");
    if (!(values.get("toname") instanceof String name)) {
      throw new IllegalArgumentException("no name");
    }
    return new ResumeToken(
        text,
        SnapshotName.of(name),
        number(values, "toguid").orElseThrow(() -> new IllegalArgumentException("no guid")),
        number(values, "fromguid"),
        number(values, "object").orElse(0),
        number(values, "offset").orElse(0),
        number(values, "bytes").orElse(0),
        options);
  }

  private static void add(
      Set<Option> options, Option option, Map<String, Object> values, String name) {
    if (values.containsKey(name)) {
      options.add(option);
    }
  }

  private static OptionalLong number(Map<String, Object> values, String name) {
    return values.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }
}
