package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How much of a file's data it has to itself and how much it shares with clones, from the {@code
 * FIEMAP} ioctl (Documentation/filesystems/fiemap.rst of the kernel).
 *
 * @param exclusive bytes in extents that no other file refers to; data that btrfs keeps within its
 *     metadata counts
 * @param shared bytes in extents that another file refers to as well
 */
public record FileExtents(long exclusive, long shared) {

  // _IOWR('f', 11, struct fiemap)
  private static final long FS_IOC_FIEMAP = 0xC020660BL;
  private static final int FLAG_SYNC = 1;
  private static final int EXTENT_LAST = 1;
  private static final int EXTENT_SHARED = 0x2000;

  private static final int HEADER_BYTES = 32;
  private static final int EXTENT_BYTES = 56;
  private static final int EXTENTS_PER_CALL = 128;

  /**
   * Reads the extents of a file, after its data has been given places on the device.
   *
   * @throws NativeException with {@code EOPNOTSUPP} if the file system keeps no such map
   */
  public static FileExtents of(String path) throws NativeException {
    long exclusive = 0;
    long shared = 0;
    try (NativeFile file = NativeFile.open(path)) {
      long start = 0;
      while (true) {
        ByteBuffer map = map(file, path, start);
        int count = map.getInt(20);
        for (int i = 0; i < count; i++) {
          int at = HEADER_BYTES + i * EXTENT_BYTES;
          long length = map.getLong(at + 16);
          int flags = map.getInt(at + 40);
          if ((flags & EXTENT_SHARED) != 0) {
            shared += length;
          } else {
            exclusive += length;
          }
          start = map.getLong(at) + length;
          if ((flags & EXTENT_LAST) != 0) {
            return new FileExtents(exclusive, shared);
          }
        }
        if (count == 0) {
          return new FileExtents(exclusive, shared);
        }
      }
    }
  }

  private static ByteBuffer map(NativeFile file, String path, long start) throws NativeException {
    ByteBuffer map =
        ByteBuffer.allocate(HEADER_BYTES + EXTENTS_PER_CALL * EXTENT_BYTES)
            .order(ByteOrder.nativeOrder());
    map.putLong(0, start);
    map.putLong(8, Long.MAX_VALUE - start);
    map.putInt(16, FLAG_SYNC);
    map.putInt(24, EXTENTS_PER_CALL);
    try {
      FileCalls.ioctl(file.fd(), FS_IOC_FIEMAP, map.array());
    } catch (LastErrorException e) {
      throw Errno.failed("ioctl(FIEMAP, " + path + ")", e);
    }
    return map;
  }
}
