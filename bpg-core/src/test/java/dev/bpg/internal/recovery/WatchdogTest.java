package dev.bpg.internal.recovery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.BranchPool;
import dev.bpg.TemporaryBranch;
import dev.bpg.config.StorageType;
import dev.bpg.internal.WatchdogMain;
import dev.bpg.model.PoolLimits;
import dev.bpg.testing.ChildJvm;
import dev.bpg.testing.LiveFolder;
import dev.bpg.testing.PoolProgram;
import dev.bpg.testing.PostgresHome;
import dev.bpg.testing.TemporariesProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JVMs with temporary branches that end in one way or another, and who cleans up after them. */
class WatchdogTest {

  private static final int WITHIN_SECONDS = 10;
  private static final List<String> PERMANENT = List.of("api/main", "api/permanent");

  private static PostgresHome home;

  @BeforeAll
  static void makeHome() throws Exception {
    home = PostgresHome.on(StorageType.COPY);
    try (Bpg bpg = home.open()) {
      bpg.createDatabase("api");
      PostgresHome.fill(bpg.getBranch("api/main"));
      bpg.from("api/main").named("permanent").create();
    }
  }

  @AfterAll
  static void closeHome() throws IOException {
    home.close();
  }

  @Test
  void takesAwayWhatAKilledProcessLeavesAndNothingElse() throws Exception {
    try (Bpg open = home.open();
        TemporaryBranch living = open.from("api/main").createTemporary();
        ChildJvm child = child("killed-")) {
      child.awaitLine("ready");
      assertThat(open.listBranches()).hasSize(PERMANENT.size() + 1 + 5);
      Set<String> ids = home.strays().ids();
      List<Long> watchdogs = watchdogs();
      assertThat(watchdogs).as("one for each process").hasSize(2);
      child.kill();
      await().atMost(WITHIN_SECONDS, SECONDS).until(() -> open.listBranches().size() == 3);
      await().atMost(WITHIN_SECONDS, SECONDS).until(() -> watchdogs().size() == 1);
      assertThat(home.strays().find()).isEmpty();
      assertThat(home.strays().sockets(ids)).isEmpty();
      assertThat(PostgresHome.rows(living)).isEqualTo(1000);
      assertThat(PostgresHome.rows(open.getBranch("api/permanent"))).isEqualTo(1000);
    }
    await().atMost(WITHIN_SECONDS, SECONDS).until(() -> watchdogs().isEmpty());
  }

  @Test
  void takesAwayThePoolOfAKilledProcessWithItsSlotsAndLeavesTheOthers() throws Exception {
    try (Bpg open = home.open()) {
      open.getBranch("api/main").snapshot("ready");
      PoolLimits limits = PoolLimits.defaults().withAhead(0);
      BranchPool pool = open.pool(open.from("api/main").snapshot("ready"), limits);
      try (TemporaryBranch living = pool.take()) {
        for (int turns = 1; turns <= 3; turns++) {
          try (ChildJvm child =
              ChildJvm.start(PoolProgram.class, home.folder(), "api/main", "ready")) {
            for (int i = 0; i < turns; i++) {
              child.awaitLine("turn");
            }
            child.kill();
          }
          await()
              .atMost(WITHIN_SECONDS, SECONDS)
              .until(() -> open.listBranches().size() == PERMANENT.size() + 1);
          await().atMost(WITHIN_SECONDS, SECONDS).until(() -> watchdogs().size() == 1);
          assertThat(home.strays().find()).isEmpty();
          assertThat(files("slots")).singleElement().asString().endsWith(living.id());
          assertThat(files("pools")).isEmpty();
          assertThat(PostgresHome.rows(living)).isEqualTo(1000);
        }
      }
      // It is given back, which is off the caller's path.
      await()
          .atMost(WITHIN_SECONDS, SECONDS)
          .until(() -> open.listBranches().size() == PERMANENT.size());
      open.listSnapshots().forEach(dev.bpg.Snapshot::delete);
    }
    await().atMost(WITHIN_SECONDS, SECONDS).until(() -> watchdogs().isEmpty());
    assertThat(files("slots")).isEmpty();
  }

  private static List<String> files(String folder) throws IOException {
    return LiveFolder.files(home.folder().resolve(folder)).stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> !name.startsWith("."))
        .toList();
  }

  @Test
  void endsWithAProcessThatClosesItsHome() throws Exception {
    try (ChildJvm child = child("closed-")) {
      child.awaitLine("ready");
      assertThat(watchdogs()).hasSize(1);
      assertThat(memory(watchdogs().get(0))).as("bytes of memory").isLessThan(10_000_000L);
      child.closeInput();
      child.awaitLine("closed");
      assertThat(home.strays().find()).isEmpty();
      await().atMost(WITHIN_SECONDS, SECONDS).until(() -> watchdogs().isEmpty());
      // One that ends has no command line any more before its parent can look.
      await().atMost(WITHIN_SECONDS, SECONDS).until(() -> zombiesOf(child.pid()).isEmpty());
    }
  }

  @Test
  void isReplacedByTheNextOpeningIfItIsKilledToo() throws Exception {
    try (ChildJvm child = child("both-")) {
      child.awaitLine("ready");
      for (long watchdog : watchdogs()) {
        ProcessHandle.of(watchdog).orElseThrow().destroyForcibly();
      }
      child.kill();
    }
    try (Bpg next = home.open()) {
      assertThat(next.listBranches()).extracting(b -> b.name()).isEqualTo(PERMANENT);
      assertThat(home.strays().find()).isEmpty();
    }
  }

  @Test
  void sharesTheWorkWithThoseWhoOpenTheHomeMeanwhile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    for (int round = 0; round < 2; round++) {
      try (ChildJvm child = child("shared-")) {
        child.awaitLine("ready");
        child.kill();
      }
      List<Future<Integer>> openings = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        openings.add(
            threads.submit(
                () -> {
                  try (Bpg bpg = home.open()) {
                    return bpg.listBranches().size();
                  }
                }));
      }
      for (Future<Integer> opening : openings) {
        assertThat(opening.get(60, SECONDS)).isBetween(2, 7);
      }
      await().atMost(WITHIN_SECONDS, SECONDS).until(() -> home.strays().find().isEmpty());
      await().atMost(WITHIN_SECONDS, SECONDS).until(() -> watchdogs().isEmpty());
      try (Bpg bpg = home.open()) {
        assertThat(bpg.listBranches()).extracting(b -> b.name()).isEqualTo(PERMANENT);
      }
    }
    threads.shutdown();
    assertThat(Files.readString(home.folder().resolve("watchdog.log"))).doesNotContain("Exception");
  }

  private static ChildJvm child(String prefix) throws IOException {
    return ChildJvm.start(TemporariesProgram.class, home.folder(), "api/main", prefix);
  }

  private static List<Long> watchdogs() throws IOException {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        String command = text(process.resolve("cmdline"));
        if (command.contains(WatchdogMain.class.getName())
            && command.contains(home.folder().toString())) {
          pids.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return pids;
  }

  private static List<String> zombiesOf(long parent) throws IOException {
    List<String> zombies = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        String state = text(process.resolve("stat"));
        if (state.substring(state.lastIndexOf(')') + 1).startsWith(" Z " + parent + " ")) {
          zombies.add(state);
        }
      }
    }
    return zombies;
  }

  private static long memory(long pid) throws IOException {
    String status = text(Path.of("/proc", Long.toString(pid), "status"));
    return status
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum()
        * 1024;
  }

  // Empty for a process that has ended.
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
