package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The memory of this machine, or of the control group that this process is in if that has less. */
public final class MachineMemory {

  private static final long KIBIBYTE = 1024;
  private static final Path GROUP = Path.of("/sys/fs/cgroup");

  private MachineMemory() {}

  /**
   * How many bytes may be used before something has to give, as Linux estimates it: {@code
   * MemAvailable} in proc_meminfo(5), and {@code memory.max} less {@code memory.current} of
   * cgroups(7).
   */
  public static long available() throws IOException {
    long machine = Long.MAX_VALUE;
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith("MemAvailable:")) {
        machine = Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
      }
    }
    Optional<Long> most = number("memory.max");
    Optional<Long> used = number("memory.current");
    return most.isPresent() && used.isPresent()
        ? Math.min(machine, most.get() - used.get() + inactiveFiles())
        : machine;
  }

  // Pages of files that nobody uses are given up first.
  private static long inactiveFiles() throws IOException {
    return Files.readAllLines(GROUP.resolve("memory.stat")).stream()
        .filter(line -> line.startsWith("inactive_file "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  // Without a group of its own, or without a bound, there is no file or no number.
  private static Optional<Long> number(String name) throws IOException {
    Path file = GROUP.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = Files.readString(file).strip();
    return text.chars().allMatch(Character::isDigit)
        ? Optional.of(Long.parseLong(text))
        : Optional.empty();
  }
}
