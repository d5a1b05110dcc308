package dev.bpg.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.testing.Liveness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of programs that start others, as pg_basebackup does for the WAL. */
class ClientRunTest {

  @TempDir Path folder;

  private final List<Long> started = new ArrayList<>();

  @Test
  void anInterruptEndsWhatTheProgramStartedToo() throws Exception {
    assertThatThrownBy(
            () ->
                run(
                    "sleep 600 & echo $! $$; wait",
                    line -> {
                      note(line);
                      Thread.currentThread().interrupt();
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(started).hasSize(2).noneMatch(Liveness::isRunning);
  }

  @Test
  void whatAListenerThrowsEndsWhatTheProgramStartedToo() throws Exception {
    IllegalStateException enough = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                run(
                    "sleep 600 & echo $! $$; wait",
                    line -> {
                      note(line);
                      throw enough;
                    }))
        .isSameAs(enough);

    assertThat(started).hasSize(2).noneMatch(Liveness::isRunning);
  }

  @Test
  void aProgramThatFailsLeavesNothingRunning() throws Exception {
    ClientRun.Result result = run("sleep 600 & echo $! $$; exit 3", this::note);

    assertThat(result.status()).isEqualTo(3);
    assertThat(started).hasSize(2).noneMatch(Liveness::isRunning);
  }

  @Test
  void aProgramThatSucceedsIsNotSignalled() throws Exception {
    ClientRun.Result result = run("trap 'echo signalled' TERM; echo done", line -> {});

    assertThat(result).isEqualTo(new ClientRun.Result(0, "done"));
    assertThat(folder.resolve("program.log")).doesNotExist();
  }

  private void note(String line) {
    for (String pid : line.split(" ")) {
      started.add(Long.valueOf(pid));
    }
  }

  private ClientRun.Result run(String script, Consumer<String> lines)
      throws IOException, InterruptedException {
    Path program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new ClientRun(new ClientProgram("program", program, 17, "17.2"), folder)
        .run(List.of(), Map.of(), lines);
  }
}
