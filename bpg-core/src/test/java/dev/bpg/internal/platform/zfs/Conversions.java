package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Converts what 20,000 rounds of snapshot, clone and destruction convert, and writes by how many KB
 * the process has grown.
 */
final class Conversions {

  private static final int ROUNDS = 20_000;

  private Conversions() {}

  public static void main(String[] args) throws IOException {
    rounds(ROUNDS);
    long before = residentKilobytes();
    rounds(ROUNDS);
    long after = residentKilobytes();
    System.out.println(before + " to " + after);
    System.out.println(after - before);
  }

  /** What is converted when a dataset is snapshotted, cloned, looked at and destroyed. */
  private static void rounds(int count) throws NativeException {
    PropertySettings settings =
        PropertySettings.none()
            .with("mountpoint", "legacy")
            .with("canmount", "noauto")
            .with("bpg:id", "x".repeat(36));
    for (int i = 0; i < count; i++) {
      SnapshotName snapshot = new DatasetName("tank/bpg/" + i).snapshot("s");
      try (NvList names = NvList.ofNames(List.of(snapshot.toString()));
          NvList properties = NvList.of(settings.values());
          NvList values = NvList.of(settings.values());
          NvList answer = NvList.empty()) {
        for (String name : settings.values().keySet()) {
          answer.put(name, values);
        }
        try (Memory packed = answer.pack();
            NvList unpacked = NvList.unpack(packed, packed.size());
            Memory out = Device.out()) {
          require(PropertyList.of(snapshot.toString(), unpacked.read()).all().isEmpty());
          require(names.names().size() == 1);
          require(properties.names().size() == 3);
          NvList.taken(out).close();
        }
      }
      try (ZfsCommand command = new ZfsCommand().name(snapshot.toString()).answered()) {
        require(command.name().equals(snapshot.toString()));
      }
    }
  }

  private static void require(boolean expected) {
    if (!expected) {
      throw new AssertionError("converted wrongly");
    }
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS");
  }
}
