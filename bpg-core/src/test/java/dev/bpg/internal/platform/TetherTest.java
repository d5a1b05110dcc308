package dev.bpg.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.testing.Liveness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves to the kernel is what closing a tether does. */
class TetherTest {

  private static final int TERMINATED = 128 + 15;

  @TempDir Path folder;

  @Test
  void theProgramAndWhatItStartedEndWhenItIsClosed() throws Exception {
    Tether tether = Tether.open();
    try (tether;
        ChildProcess child = spawn("sleep 600 & echo $!; wait", tether)) {
      Path output = folder.resolve("output");
      Awaitility.await()
          .until(() -> Files.exists(output) && Files.readString(output).endsWith("\n"));
      long grandchild = Long.parseLong(Files.readString(output).strip());
      assertThat(Liveness.isRunning(grandchild)).isTrue();

      tether.close();

      assertThat(child.exitStatus().get(10, TimeUnit.SECONDS)).isEqualTo(TERMINATED);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> !Liveness.isRunning(grandchild));
    }
  }

  @Test
  void aProgramThatEndsByItselfIsNotSignalled() throws Exception {
    try (Tether tether = Tether.open();
        ChildProcess child = spawn("exit 3", tether)) {
      assertThat(child.exitStatus().get(10, TimeUnit.SECONDS)).isEqualTo(3);
    }
  }

  private ChildProcess spawn(String script, Tether tether) throws IOException {
    return Spawner.spawn(
        new SpawnRequest(
            Path.of("/bin/sh"),
            List.of("-c", script),
            Map.of("PATH", "/usr/bin:/bin"),
            folder,
            folder.resolve("output"),
            Optional.empty()),
        tether);
  }
}
