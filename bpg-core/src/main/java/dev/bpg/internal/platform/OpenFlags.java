package dev.bpg.internal.platform;

import com.sun.jna.Platform;

/** The flags of {@code open(2)} whose numbers differ between architectures. */
final class OpenFlags {

  // arm64 swaps the bits of these two with O_DIRECT and O_LARGEFILE; see its asm/fcntl.h.
  static final int O_NOFOLLOW = Platform.isARM() ? 0100000 : 0400000;
  static final int O_DIRECTORY = Platform.isARM() ? 040000 : 0200000;

  private OpenFlags() {}
}
