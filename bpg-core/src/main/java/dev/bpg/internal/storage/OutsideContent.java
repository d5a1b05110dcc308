package dev.bpg.internal.storage;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.NativeFile;
import java.io.IOException;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The content of files from anywhere: shared where both files lie on one file system that can do
 * so, copied inside the kernel where not. Tells how much is done.
 */
final class OutsideContent implements FileContent {

  // Between two parts an interruption is seen.
  private static final long BYTES_PER_CALL = 8L << 20;

  // Another file system, one that shares nothing, or a file whose kind does not allow it.
  private static final Set<Integer> CANNOT_SHARE =
      Set.of(Errno.EXDEV, Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.ENOSYS, Errno.EPERM);

  private final LongConsumer bytes;
  private volatile boolean sharing = true;

  OutsideContent(LongConsumer bytes) {
    this.bytes = bytes;
  }

  @Override
  public void transfer(NativeFile source, NativeFile target, long size, Cancellation cancellation)
      throws IOException {
    if (sharing && shared(source, target)) {
      bytes.accept(size);
      return;
    }
    long left = size;
    while (left > 0 && !cancellation.isRequested()) {
      long copied = target.copyFrom(source, Math.min(left, BYTES_PER_CALL));
      if (copied == 0) {
        return; // The file was truncated meanwhile, which shows when the source is looked at again.
      }
      bytes.accept(copied);
      left -= copied;
    }
  }

  private boolean shared(NativeFile source, NativeFile target) throws NativeException {
    try {
      target.cloneFrom(source);
      return true;
    } catch (NativeException e) {
      if (!CANNOT_SHARE.contains(e.errno())) {
        throw e;
      }
      sharing = false;
      return false;
    }
  }

  /** Nothing is in use here, so a file is a file. */
  @Override
  public void transferWhole(NativeFile source, NativeFile target) throws IOException {
    transfer(source, target, source.status().size(), () -> false);
  }
}
