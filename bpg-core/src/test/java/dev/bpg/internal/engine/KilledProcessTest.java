package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.config.StorageType;
import dev.bpg.model.CloneMethod;
import dev.bpg.testing.ChildJvm;
import dev.bpg.testing.Faults;
import dev.bpg.testing.Faults.Kind;
import dev.bpg.testing.FaultyProgram;
import dev.bpg.testing.Operation;
import dev.bpg.testing.PostgresHome;
import dev.bpg.testing.TestStorage;
import dev.bpg.testing.WiredHome;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Other JVMs, killed in the middle of their work with real servers; then a home is opened. */
class KilledProcessTest {

  private static final int MOMENTS = 10;
  private static final Map<StorageType, PostgresHome> HOMES = new EnumMap<>(StorageType.class);

  private static PostgresHome home(StorageType storage) throws Exception {
    assumeTrue(TestStorage.valueOf(storage.name()).isSelected(), "BPG_TEST_STORAGES leaves it out");
    if (!HOMES.containsKey(storage)) {
      PostgresHome home = PostgresHome.on(storage);
      HOMES.put(storage, home);
      try (Bpg bpg = home.open()) {
        bpg.createDatabase("api");
        PostgresHome.fill(bpg.getBranch("api/main"));
      }
    }
    return HOMES.get(storage);
  }

  @AfterAll
  static void closeHomes() throws IOException {
    for (PostgresHome home : HOMES.values()) {
      home.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "COPY, STOPPED, cloneVolume",
    "COPY, BACKUP, copyOnline copyFile",
    "BTRFS, SNAPSHOT, cloneVolume",
    "BTRFS, SNAPSHOT_IN_BACKUP, cloneVolume",
    "ZFS, SNAPSHOT, cloneVolume"
  })
  void whatIsLeftOfABranchIsUndone(StorageType storage, CloneMethod method, String calls)
      throws Exception {
    for (String call : (calls + " start").split(" ")) {
      haltAndOpen(home(storage), method, Operation.BRANCH, "before " + call + "#1");
      haltAndOpen(home(storage), method, Operation.BRANCH, "after " + call + "#1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE_DATABASE, after createVolume#1 | after initialise#1 | before start#1 | after start#1",
    "DELETE, before stop#1 | after stop#1 | after remove#1 | after deleteVolume#1",
    "FORCE_DELETE, after deleteVolume#1 | after stop#2 | after remove#2 | after deleteVolume#2",
    "START, before start#1 | after start#1",
    "STOP, before stop#1 | after stop#1",
    "RESTART, after stop#1 | after start#1",
    "RESET, after copyOnline#1 | after start#1 | after stop#1 | after stop#2 | before start#2",
    "RESET, after start#2 | after remove#1 | after deleteVolume#1",
    "ROLL_BACK, after cloneVolume#1 | after stop#2 | after start#2",
    "REWIND, after cloneVolume#1 | after stop#1 | before start#1 | after start#1",
    "RENAME, link#2 | move#1 | move#2 | delete#3",
    "PROMOTE_TO, link#2 | move#1 | move#2 | delete#3",
    "CLOSE, before stop#1 | after stop#1 | after deleteVolume#1",
    "BRANCH_TEMPORARILY, after copyOnline#1 | after start#1"
  })
  void whatIsLeftOfAnyOperationIsFinishedOrUndone(Operation operation, String steps)
      throws Exception {
    for (String step : steps.split(" \\| ")) {
      haltAndOpen(home(StorageType.COPY), CloneMethod.BACKUP, operation, step);
    }
  }

  private void haltAndOpen(PostgresHome home, CloneMethod method, Operation operation, String step)
      throws Exception {
    try (ChildJvm child = child(home, method, operation, Kind.HALT, step)) {
      assertThat(child.awaitExit()).as("%s, %s", operation, step).isEqualTo(137);
    }
    assertHealthy(home, method, operation + " by " + method + ", killed " + step);
    if (operation.keepsRunning()) {
      assertAllRunWithTheirData(home, operation, operation + ", killed " + step);
    }
  }

  private static void assertAllRunWithTheirData(PostgresHome home, Operation operation, String what)
      throws Exception {
    try (Bpg bpg = home.open()) {
      for (Branch branch : bpg.listBranches()) {
        assertThat(branch.isRunning()).as(what + ": " + branch).isTrue();
        assertThat(PostgresHome.rows(branch)).as(what + ": " + branch).isEqualTo(1000);
      }
    }
    WiredHome wired =
        WiredHome.ofPostgres(home.folder(), home.cache(), home.storage(), Faults.none());
    operation.verify(wired.engine());
    wired.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"BRANCH", "CREATE_DATABASE"})
  void theMomentDoesNotMatter(Operation operation) throws Exception {
    PostgresHome home = home(StorageType.COPY);
    long whole = duration(home, operation);
    for (int moment = 0; moment < MOMENTS; moment++) {
      long delay = whole * moment / MOMENTS;
      try (ChildJvm child = child(home, CloneMethod.BACKUP, operation, Kind.NONE, "#0")) {
        child.awaitLine("ready");
        LockSupport.parkNanos(delay);
        child.kill();
      }
      home.awaitUnlocked();
      assertHealthy(
          home,
          CloneMethod.BACKUP,
          operation + " killed after " + TimeUnit.NANOSECONDS.toMillis(delay) + " ms");
    }
  }

  private static long duration(PostgresHome home, Operation operation) throws Exception {
    try (ChildJvm child = child(home, CloneMethod.BACKUP, operation, Kind.NONE, "#0")) {
      child.awaitLine("ready");
      long start = System.nanoTime();
      child.awaitLine("done");
      return System.nanoTime() - start;
    }
  }

  @Test
  void aProcessThatIsOpenFinishesItWhenItWantsTheName() throws Exception {
    PostgresHome home = home(StorageType.COPY);
    try (Bpg open = home.open()) {
      for (String step : List.of("before copyOnline#1", "after copyFile#1", "after start#1")) {
        try (ChildJvm child = child(home, CloneMethod.BACKUP, Operation.BRANCH, Kind.HALT, step)) {
          assertThat(child.awaitExit()).isEqualTo(137);
        }
        Branch made = open.from("api/main").named("new").create();
        assertThat(PostgresHome.rows(made)).isEqualTo(1000);
        assertThat(home.strays().find()).isEmpty();
        made.delete();
      }
    }
  }

  private static ChildJvm child(
      PostgresHome home, CloneMethod method, Operation operation, Kind kind, String step)
      throws IOException {
    return ChildJvm.start(
        FaultyProgram.class,
        home.folder(),
        home.cache(),
        home.storage(),
        method,
        operation,
        kind,
        step);
  }

  private static void assertHealthy(PostgresHome home, CloneMethod method, String what)
      throws Exception {
    Set<String> ids = home.strays().ids();
    try (Bpg bpg = home.open()) {
      assertThat(home.strays().find()).as(what).isEmpty();
      assertThat(home.strays().sockets(ids)).as(what).isEmpty();
      Branch main = bpg.getBranch("api/main");
      assertThat(main.isRunning()).as(what).isEqualTo(method != CloneMethod.STOPPED);
      assertThat(PostgresHome.rows(main.start())).as(what).isEqualTo(1000);
    }
  }
}
