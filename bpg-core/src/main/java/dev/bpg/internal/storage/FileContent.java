package dev.bpg.internal.storage;

import dev.bpg.internal.platform.NativeFile;
import java.io.IOException;

/**
 * How the content of one file gets into its clone. Implementations are safe for several threads.
 */
public interface FileContent {

  /** Asked now and then by what takes long; ends it when the clone is no longer wanted. */
  @FunctionalInterface
  interface Cancellation {
    /** Whether to return as soon as possible, the result being thrown away. */
    boolean isRequested();
  }

  /**
   * Gives a new file the content of another one.
   *
   * @param size the source's length when it was opened; of a file that grows, no more is needed
   */
  void transfer(NativeFile source, NativeFile target, long size, Cancellation cancellation)
      throws IOException;

  /**
   * Like {@link #transfer}, of a file that is rewritten as a whole at any time: the target must be
   * one version of it, not a mixture of two, if it is small; see the implementations.
   */
  void transferWhole(NativeFile source, NativeFile target) throws IOException;
}
