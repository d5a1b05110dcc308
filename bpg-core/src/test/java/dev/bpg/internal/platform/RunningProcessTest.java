package dev.bpg.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.FolderWatch.Wake;
import dev.bpg.internal.platform.RunningProcess.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningProcessTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Path SHELL = Path.of("/bin/sh");

  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("output");
  }

  private ChildProcess spawn(String script, Optional<SystemUser> user) throws Exception {
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "GREETING", "hällo");
    return Spawner.spawn(
        new SpawnRequest(SHELL, List.of("-c", script), environment, Path.of("/"), output, user));
  }

  private ChildProcess spawn(String script) throws Exception {
    return spawn(script, Optional.empty());
  }

  @Test
  void givesTheExitStatusAndTheOutputOfAChild() throws Exception {
    try (ChildProcess child = spawn("echo out; echo err >&2; pwd; env | wc -l; exit 7")) {
      assertThat(child.exitStatus().get()).isEqualTo(7);
    }
    assertThat(Files.readString(output)).startsWith("out\nerr\n/\n");
    assertThat(Files.getPosixFilePermissions(output))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void givesASignalAsAStatusOver128() throws Exception {
    try (ChildProcess child = spawn("kill -9 $$")) {
      assertThat(child.exitStatus().get()).isEqualTo(137);
    }
  }

  @Test
  void startsChildrenInASessionOfTheirOwnWithDefaultSignals() throws Exception {
    // Read by the shell itself: while it starts a program it blocks all signals for a moment.
    String show = "while read -r line; do echo \"$line\"; done";
    try (ChildProcess child = spawn(show + " </proc/$$/stat; " + show + " </proc/$$/status")) {
      child.exitStatus().get();
      List<String> lines = Files.readAllLines(output);
      String pid = Integer.toString(child.process().pid());
      assertThat(lines.get(0).split(" ")[5]).as("session").isEqualTo(pid);
      // The C library ignores signals 32 and 33, its own, between the fork and the exec.
      assertThat(lines)
          .contains("SigBlk:\t0000000000000000")
          .anyMatch(line -> line.matches("SigIgn:\t0000000[01]80000000|SigIgn:\t0{16}"));
    }
  }

  @Test
  void aProgramThatIsMissingIsAnErrorOfTheCaller() {
    SpawnRequest request =
        new SpawnRequest(
            folder.resolve("missing"), List.of(), Map.of(), folder, output, Optional.empty());

    assertThatThrownBy(() -> Spawner.spawn(request))
        .isInstanceOfSatisfying(
            NativeException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void rootDropsToAnotherUserForTheChildAlone() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(SystemUser.isRoot(), "needs root");
    SystemUser nobody = SystemUser.named("nobody").orElseThrow();

    try (ChildProcess child =
        spawn("id -u; id -g; id -G; grep Cap /proc/$$/status", Optional.of(nobody))) {
      assertThat(child.exitStatus().get()).isZero();
    }

    assertThat(Files.readAllLines(output))
        .startsWith("" + nobody.uid(), "" + nobody.gid(), "" + nobody.gid())
        .contains("CapPrm:\t0000000000000000", "CapEff:\t0000000000000000");
    assertThat(SystemUser.currentUid()).isZero();
    assertThat(ProcessCalls.prctl(ProcessCalls.PR_GET_DUMPABLE, 0, 0, 0, 0)).isEqualTo(1);
    assertThat((int) Files.getAttribute(output, "unix:uid")).isEqualTo(nobody.uid());
  }

  @Test
  void waitsForTheEndAndLeavesNoZombie() throws Exception {
    try (ChildProcess child = spawn("sleep 60")) {
      assertThat(child.process().awaitExit(Duration.ofMillis(20))).isFalse();

      child.process().signal(Signal.TERM);

      assertThat(child.process().awaitExit(LONG)).isTrue();
      assertThat(Path.of("/proc/" + child.process().pid())).doesNotExist();
      child.process().signal(Signal.TERM);
    }
  }

  @Test
  void anInterruptEndsTheWaitAtOnce() throws Exception {
    try (ChildProcess child = spawn("sleep 60")) {
      CountDownLatch interrupted = new CountDownLatch(1);
      Thread waiter =
          new Thread(
              () -> {
                try {
                  child.process().awaitExit(LONG);
                } catch (InterruptedException e) {
                  interrupted.countDown();
                } catch (NativeException e) {
                  throw new IllegalStateException(e);
                }
              });
      waiter.start();
      waiter.join(50);
      waiter.interrupt();
      waiter.join(LONG.toMillis() / 2);

      assertThat(interrupted.getCount()).isZero();
      child.process().signal(Signal.KILL);
      assertThat(child.process().awaitExit(LONG)).isTrue();
    }
  }

  @Test
  void findsNoProcessOfANumberThatNobodyHas() throws Exception {
    assertThat(RunningProcess.open(0)).isEmpty();
    assertThat(RunningProcess.open(-1)).isEmpty();
    assertThat(RunningProcess.open(Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void aWatchTellsChangesFromTheEndOfTheProcess() throws Exception {
    Path watched = Files.createDirectory(folder.resolve("watched"));
    Path seen = folder.resolve("seen");
    // It stays until the change was seen: of both at once, only its end is told.
    String script =
        "echo > '" + watched + "/file'; until [ -e '" + seen + "' ]; do sleep 0.05; done";
    long deadline = System.nanoTime() + LONG.toNanos();
    try (FolderWatch watch = FolderWatch.open(watched);
        ChildProcess child = spawn(script)) {
      assertThat(watch.await(child.process(), deadline)).isEqualTo(Wake.CHANGED);
      Files.createFile(seen);
      Wake last = Wake.CHANGED;
      while (last == Wake.CHANGED) {
        last = watch.await(child.process(), deadline);
      }
      assertThat(last).isEqualTo(Wake.EXITED);
    }
  }

  @Test
  void aWatchEndsWithItsTime() throws Exception {
    try (FolderWatch watch = FolderWatch.open(folder);
        RunningProcess self =
            RunningProcess.open((int) ProcessHandle.current().pid()).orElseThrow()) {
      assertThat(watch.await(self, System.nanoTime())).isEqualTo(Wake.TIMED_OUT);
    }
  }

  @Test
  void knowsTheUsersOfThisMachine() throws Exception {
    assertThat(SystemUser.named("root")).contains(new SystemUser("root", 0, 0));
    assertThat(SystemUser.named("no such user")).isEmpty();
    assertThat(SystemUser.current().orElseThrow().name())
        .isEqualTo(System.getProperty("user.name"));
  }
}
