package dev.bpg.internal.storage.copy;

import dev.bpg.internal.platform.NativeFile;
import dev.bpg.internal.storage.FileContent;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;

/** Copies the content of files inside the kernel. */
final class CopiedContent implements FileContent {

  // Between two parts an interruption is seen.
  private static final long BYTES_PER_CALL = 8L << 20;

  // pg_control has 8 KiB. What is much larger is not rewritten as a whole, and is not kept in
  // memory.
  private static final int LARGEST_WHOLE = 1 << 20;

  // Two reads differ only if the file was written between them, which a server does seldom.
  private static final int MOST_READS = 1000;

  @Override
  public void transfer(NativeFile source, NativeFile target, long size, Cancellation cancellation)
      throws IOException {
    long left = size;
    while (left > 0 && !cancellation.isRequested()) {
      long copied = target.copyFrom(source, Math.min(left, BYTES_PER_CALL));
      if (copied == 0) {
        return; // The file was truncated meanwhile.
      }
      left -= copied;
    }
  }

  /**
   * Reads until two reads in a row are equal, since one read may see half of a write. A writer that
   * rests in the middle would show both reads the same half, so it is waited for in between.
   */
  @Override
  public void transferWhole(NativeFile source, NativeFile target) throws IOException {
    long size = source.status().size();
    if (size > LARGEST_WHOLE) {
      transfer(source, target, size, () -> false);
      return;
    }
    byte[] before = read(source);
    for (int reads = 1; reads < MOST_READS; reads++) {
      source.awaitWriter();
      byte[] now = read(source);
      if (Arrays.equals(before, now)) {
        target.write(now);
        return;
      }
      before = now;
    }
    throw new FileSystemException(
        source.path(), null, "it was different each of the " + MOST_READS + " times it was read");
  }

  private static byte[] read(NativeFile source) throws IOException {
    byte[] buffer = new byte[(int) Math.min(LARGEST_WHOLE, source.status().size())];
    return Arrays.copyOf(buffer, source.read(buffer));
  }
}
