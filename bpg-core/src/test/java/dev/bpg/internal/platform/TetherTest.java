package dev.bpg.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.testing.Liveness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  @Test
  void aProgramThatIsNotTiedDoesNotBegin() throws Exception {
    // Its input ends, as it does when the process is killed that has just started it.
    try (ChildProcess child = Spawner.spawn(Tether.waiting(request("echo begun; exit 3")))) {
      assertThat(child.exitStatus().get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }
    assertThat(folder.resolve("output")).isEmptyFile();
  }

  @Test
  void argumentsArriveAsTheyAreAndTheInputIsEmpty() throws Exception {
    SpawnRequest script = request("cat; printf '<%s>' \"$@\"");
    List<String> arguments = new ArrayList<>(script.arguments());
    arguments.addAll(List.of("name", "a b", "", "$HOME", "--", "'\"\\"));
    SpawnRequest request =
        new SpawnRequest(
            script.program(),
            arguments,
            script.environment(),
            script.folder(),
            script.output(),
            script.user());
    try (Tether tether = Tether.open();
        ChildProcess child = Spawner.spawn(request, tether)) {
      assertThat(child.exitStatus().get(10, TimeUnit.SECONDS)).isZero();
    }
    assertThat(folder.resolve("output")).hasContent("<a b><><$HOME><--><'\"\\>");
  }

  private ChildProcess spawn(String script, Tether tether) throws IOException {
    return Spawner.spawn(request(script), tether);
  }

  private SpawnRequest request(String script) {
    return new SpawnRequest(
        Path.of("/bin/sh"),
        List.of("-c", script),
        Map.of("PATH", "/usr/bin:/bin"),
        folder,
        folder.resolve("output"),
        Optional.empty());
  }
}
