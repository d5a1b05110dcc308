package dev.bpg.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.platform.LockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits in a watchdog's place, with a command that only says that it runs. */
class WatchdogProcessTest {

  private static final String SYSTEM = "/usr/bin:/bin";

  private @TempDir Path folder;
  private Path file;
  private LockFile lease;

  @BeforeEach
  void takeLease() throws IOException {
    file = folder.resolve("it's a \"lease\"");
    lease = LockFile.tryLock(file, false).orElseThrow();
  }

  @AfterEach
  void letGo() {
    lease.close();
  }

  @Test
  void isOneOnceTheHolderIsGoneAndLeftItsFile() throws Exception {
    Process waiting = start(SYSTEM);
    assertThat(waiting.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();

    lease.close();

    assertThat(outcome(waiting)).isEqualTo("0: watching\n");
  }

  @Test
  void isNoneIfTheHolderEndedInGoodOrder() throws Exception {
    Process waiting = start(SYSTEM);
    assertThat(waiting.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();

    lease.deleteFile();
    lease.close();

    assertThat(outcome(waiting)).isEqualTo("0: ");
  }

  @Test
  void isNoneIfTheHolderWasQuicker() throws Exception {
    lease.deleteFile();

    assertThat(outcome(start(SYSTEM))).isEqualTo("0: ");
  }

  @Test
  void isOneAtOnceWhereNothingElseCanWait() throws Exception {
    assertThat(outcome(start(folder.toString()))).isEqualTo("0: watching\n");
  }

  private Process start(String path) throws IOException {
    ProcessBuilder shell =
        new ProcessBuilder(
            "/bin/sh", "-c", WatchdogProcess.AWAIT_END, file.toString(), "/bin/echo", "watching");
    shell.environment().clear();
    shell.environment().putAll(Map.of("PATH", path));
    return shell.redirectErrorStream(true).start();
  }

  private static String outcome(Process process) throws Exception {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + ": " + new String(process.getInputStream().readAllBytes());
  }
}
