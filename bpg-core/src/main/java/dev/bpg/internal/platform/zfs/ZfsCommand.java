package dev.bpg.internal.platform.zfs;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One {@code zfs_cmd_t}, the argument of the ioctls of {@code /dev/zfs} that libzfs_core does not
 * offer; see {@code sys/zfs_ioctl.h} of OpenZFS. Its layout is the same on every LP64 architecture
 * and on 2.1 to 2.4, and is probed by {@link Zfs#open()}. Not safe for use by several threads.
 */
final class ZfsCommand implements AutoCloseable {

  static final long ZFS_IOC_POOL_CONFIGS = 0x5a04;
  static final long ZFS_IOC_OBJSET_STATS = 0x5a12;
  static final long ZFS_IOC_DATASET_LIST_NEXT = 0x5a14;
  static final long ZFS_IOC_SNAPSHOT_LIST_NEXT = 0x5a15;
  static final long ZFS_IOC_SET_PROP = 0x5a16;
  static final long ZFS_IOC_POOL_GET_PROPS = 0x5a27;
  static final long ZFS_IOC_INHERIT_PROP = 0x5a2b;

  private static final int SIZE = 13744;
  private static final int ZC_NAME = 0;
  private static final int ZC_NAME_BYTES = 4096;
  private static final int ZC_NVLIST_SRC = 4096;
  private static final int ZC_NVLIST_SRC_SIZE = 4104;
  private static final int ZC_NVLIST_DST = 4112;
  private static final int ZC_NVLIST_DST_SIZE = 4120;
  private static final int ZC_NVLIST_DST_FILLED = 4128;
  private static final int ZC_VALUE = 4144;
  private static final int ZC_COOKIE = 12616;
  private static final int ZC_OBJSET_STATS = 12704;
  private static final int ZC_SIMPLE = 13668;

  // dmu_objset_stats_t
  private static final int DDS_GUID = ZC_OBJSET_STATS + 16;

  private static final int FIRST_ANSWER_BYTES = 16 * 1024;
  private static final long LARGEST_ANSWER_BYTES = 256L * 1024 * 1024;

  // Twice the size, all zero: a structure that has grown in some later version reads no other
  // memory of ours and overwrites none.
  private final Memory command = new Memory(2 * SIZE);
  private @Nullable Memory answer;

  ZfsCommand() {
    command.clear();
  }

  ZfsCommand name(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= ZC_NAME_BYTES) {
      throw new IllegalArgumentException("a name of " + bytes.length + " bytes");
    }
    command.clear(ZC_NAME_BYTES);
    command.write(ZC_NAME, bytes, 0, bytes.length);
    return this;
  }

  String name() {
    return command.getString(ZC_NAME, "UTF-8");
  }

  ZfsCommand value(String value) {
    command.setString(ZC_VALUE, value, "UTF-8");
    return this;
  }

  /** Where a listing goes on. */
  ZfsCommand cookie(long cookie) {
    command.setLong(ZC_COOKIE, cookie);
    return this;
  }

  long cookie() {
    return command.getLong(ZC_COOKIE);
  }

  /** No properties in the answer, and nothing read from disk for them. */
  ZfsCommand simple() {
    command.setByte(ZC_SIMPLE, (byte) 1);
    return this;
  }

  /** Wants an answer; the space for it grows as needed. */
  ZfsCommand answered() {
    grow(FIRST_ANSWER_BYTES);
    return this;
  }

  /** Gives a list, which must stay as it is until the call. */
  ZfsCommand argument(Memory packed) {
    command.setPointer(ZC_NVLIST_SRC, packed);
    command.setLong(ZC_NVLIST_SRC_SIZE, packed.size());
    return this;
  }

  long guid() {
    return command.getLong(DDS_GUID);
  }

  /** What the kernel filled in; empty if nothing. The caller closes it. */
  NvList answer() throws NativeException {
    if (answer == null || command.getInt(ZC_NVLIST_DST_FILLED) == 0) {
      return NvList.empty();
    }
    return NvList.unpack(answer, Math.min(answer.size(), command.getLong(ZC_NVLIST_DST_SIZE)));
  }

  /**
   * Calls the ioctl, again when a signal came or the answer needs more space.
   *
   * @return 0 or the error number
   */
  int call(int fd, long request) {
    String name = name();
    long cookie = cookie();
    while (true) {
      int code = callOnce(fd, request);
      if (code == Errno.EINTR) {
        name(name).cookie(cookie);
      } else if (code == Errno.ENOMEM && answer != null && canGrow()) {
        grow(Math.max(2 * answer.size(), command.getLong(ZC_NVLIST_DST_SIZE)));
        name(name).cookie(cookie);
      } else {
        return code;
      }
    }
  }

  private int callOnce(int fd, long request) {
    if (answer != null) {
      command.setLong(ZC_NVLIST_DST_SIZE, answer.size());
      command.setInt(ZC_NVLIST_DST_FILLED, 0);
    }
    try {
      SystemCalls.ioctl(fd, request, command);
      return 0;
    } catch (LastErrorException e) {
      return e.getErrorCode();
    }
  }

  private boolean canGrow() {
    return answer != null
        && Math.max(2 * answer.size(), command.getLong(ZC_NVLIST_DST_SIZE)) <= LARGEST_ANSWER_BYTES;
  }

  private void grow(long bytes) {
    if (answer != null) {
      answer.close();
    }
    answer = new Memory(bytes);
    command.setPointer(ZC_NVLIST_DST, answer);
    command.setLong(ZC_NVLIST_DST_SIZE, bytes);
  }

  @Override
  public void close() {
    command.close();
    if (answer != null) {
      answer.close();
    }
  }
}
