package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NvListTest {

  @BeforeAll
  static void needsTheLibrary() {
    try {
      NativeLibraries.load(NvpairCalls.LIBRARY);
    } catch (UnsatisfiedLinkError e) {
      if ("true".equals(System.getenv("BPG_REQUIRE"))) {
        throw e;
      }
      Assumptions.abort("needs libnvpair.so.3: install libnvpair3linux, or use dev/zfs-machine");
    }
  }

  @Test
  void isReadAsItWasMade() throws NativeException {
    try (NvList inner = NvList.ofNames(List.of("a", "b"));
        NvList list =
            NvList.of(PropertySettings.none().with("quota", -1L).with("bpg:id", "grüße").values())
                .put("inner", inner);
        Memory packed = list.pack();
        NvList unpacked = NvList.unpack(packed, packed.size())) {
      assertThat(unpacked.read())
          .isEqualTo(
              Map.of("quota", -1L, "bpg:id", "grüße", "inner", Map.of("a", true, "b", true)));
    }
  }

  @Test
  void isNotReadFromWhatIsNone() {
    try (Memory garbage = new Memory(100)) {
      for (byte each = 0; each < 3; each++) {
        garbage.setMemory(0, 100, each);
        assertThatThrownBy(() -> NvList.unpack(garbage, 100).close())
            .isInstanceOf(NativeException.class);
      }
    }
  }

  @Test
  void takesNoMemoryForEver() throws Exception {
    // In a process whose Java heap is in memory from the start, so that only native memory grows.
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Conversions.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor()).as(output).isZero();
    String growth = output.lines().reduce((first, last) -> last).orElseThrow();
    // A list that is not freed takes at least 100 bytes: 20,000 rounds with one show as 2 MB.
    assertThat(Long.parseLong(growth)).as("growth in KB: " + output).isLessThan(1_500);
  }
}
