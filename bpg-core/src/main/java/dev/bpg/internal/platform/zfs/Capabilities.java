package dev.bpg.internal.platform.zfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel lets this thread do, by {@code /proc}; see capabilities(7). */
final class Capabilities {

  private static final String EFFECTIVE = "CapEff:";
  private static final int CAP_SYS_ADMIN = 21;

  private Capabilities() {}

  static boolean mayAdministrate() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
      if (line.startsWith(EFFECTIVE)) {
        long capabilities = Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16);
        return (capabilities >> CAP_SYS_ADMIN & 1) == 1;
      }
    }
    throw new IOException("the kernel does not tell capabilities");
  }
}
