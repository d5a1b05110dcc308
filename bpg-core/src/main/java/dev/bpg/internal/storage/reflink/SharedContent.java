package dev.bpg.internal.storage.reflink;

import dev.bpg.internal.platform.NativeFile;
import dev.bpg.internal.storage.FileContent;
import java.io.IOException;

/** Lets a file share its data with another. */
final class SharedContent implements FileContent {

  @Override
  public void transfer(NativeFile source, NativeFile target, long size, Cancellation cancellation)
      throws IOException {
    target.cloneFrom(source);
  }

  /** The kernel holds writers off while it clones a file, so no clone is half of a write. */
  @Override
  public void transferWhole(NativeFile source, NativeFile target) throws IOException {
    target.cloneFrom(source);
  }
}
