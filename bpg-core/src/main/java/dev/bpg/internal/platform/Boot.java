package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The time since the machine was started. What did not wait for the disk ends with it. */
public final class Boot {

  private Boot() {}

  /**
   * Its id: another one each time that the machine starts (proc(5), {@code
   * /proc/sys/kernel/random/boot_id}); empty where the kernel does not tell.
   */
  public static Optional<String> id() throws IOException {
    try {
      return Optional.of(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
