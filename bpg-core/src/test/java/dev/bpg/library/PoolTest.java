package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.BranchBuilder;
import dev.bpg.BranchPool;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.event.BpgEvent;
import dev.bpg.model.PoolLimits;
import dev.bpg.testing.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolTest extends BothKindsContract {

  private static final PoolLimits LIMITS =
      PoolLimits.defaults().withReserve(0).withAhead(2).withIdle(Duration.ofMinutes(5));

  private Bpg own;

  @BeforeEach
  void takeASnapshot() {
    bpg.getBranch(Library.SHOP).snapshot("ready");
    own = Bpg.open(library.config().build());
  }

  @AfterEach
  void everythingGoesWithItsBpg() throws IOException {
    if (own != null) {
      own.close();
      bpg.listSnapshots().forEach(dev.bpg.Snapshot::delete);
      assertThat(files().slots()).isEmpty();
      assertThat(files().waiting()).isEmpty();
      assertNothingChanged();
    }
  }

  @Test
  void whatWaitsIsTakenByOneOnly() throws Exception {
    BranchPool pool = own.pool(shop(own), LIMITS);
    Set<String> handedOut = new HashSet<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> taken =
          Stream.generate(() -> threads.submit(() -> checked(pool.take()))).limit(12).toList();
      for (Future<String> branch : taken) {
        handedOut.add(branch.get());
      }
    } finally {
      threads.shutdown();
    }
    assertThat(handedOut).hasSize(12);

    await().until(() -> files().waiting().size() == 2);
    List<String> waiting = files().waiting();
    try (TemporaryBranch next = pool.take()) {
      assertThat(waiting).contains(next.id());
      assertThat(query(next, "SELECT count(*) FROM customers")).isNotEqualTo("0");
    }
  }

  @Test
  void oneThatIsBeingStartedIsWaitedFor() throws Exception {
    List<String> made = new CopyOnWriteArrayList<>();
    own.addListener(event -> event.id().filter(id -> isCreation(event)).ifPresent(made::add));
    BranchPool pool = own.pool(shop(own), LIMITS.withAhead(1));
    TemporaryBranch missed = pool.take(); // From now on one is started ahead.
    await().until(() -> files().slots().size() == 2); // It has begun.
    TemporaryBranch next = pool.take();
    // It is not told of them before they are made, so it may be told later.
    await().until(() -> made.size() >= 2);
    assertThat(made.subList(0, 2)).containsExactly(missed.id(), next.id());
    next.close();
    missed.close();
  }

  private static boolean isCreation(BpgEvent event) {
    return event.kind() == BpgEvent.Kind.BRANCH_CREATED && !event.failed();
  }

  private static String checked(Branch branch) throws SQLException {
    execute(branch, "CREATE TABLE mine ()");
    return branch.id();
  }

  @Test
  void oneThatNothingWasWrittenToIsHandedOutAgainWithAnotherPassword() throws Exception {
    BranchPool pool = own.pool(shop(own), LIMITS.withAhead(4));
    TemporaryBranch first = waiting(pool);
    String url = first.getJdbcUrl();
    String password = first.getPassword();
    Connection leaked = first.dataSource().getConnection();
    assertThat(query(first, "SELECT count(*) FROM customers")).isNotEqualTo("0");
    first.close();
    await().until(() -> files().waiting().contains(first.id()));

    TemporaryBranch again = takeUntil(pool, first.id());
    assertThat(again.getJdbcUrl()).isEqualTo(url);
    assertThat(leaked.isValid(1)).isFalse();
    assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", password))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
    assertThat(query(again, "SELECT 1")).isEqualTo("1");
    assertThatThrownBy(first::getJdbcUrl)
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot use branch "
                + first.name()
                + ": it was closed, which gave it back to its pool\nHINT: take another one");
    first.close();
    assertThat(again.isRunning()).isTrue();
  }

  @Test
  void nothingIsStartedWhereBranchesComeBack() throws Exception {
    List<String> made = new CopyOnWriteArrayList<>();
    own.addListener(event -> event.id().filter(id -> isCreation(event)).ifPresent(made::add));
    BranchPool pool = own.pool(shop(own), LIMITS);
    for (int i = 0; i < 6; i++) {
      takeAndRead(pool);
    }
    int enough = made.size();
    for (int i = 0; i < 6; i++) {
      takeAndRead(pool);
    }
    assertThat(made).hasSize(enough);
  }

  private void takeAndRead(BranchPool pool) throws Exception {
    try (TemporaryBranch branch = pool.take()) {
      assertThat(query(branch, "SELECT count(*) FROM customers")).isNotEqualTo("0");
      await().until(() -> files().slots().size() == files().waiting().size() + 1);
    }
    // Nothing is started, looked at or deleted any more.
    await()
        .until(
            () -> {
              int waiting = files().waiting().size();
              return waiting >= 2 && files().slots().size() == waiting;
            });
  }

  @Test
  void oneThatWasWrittenToIsNotHandedOutAgain() throws Exception {
    BranchPool pool = own.pool(shop(own), LIMITS);
    for (String change :
        List.of(
            "INSERT INTO customers SELECT * FROM customers LIMIT 0; CREATE TABLE t ()",
            "ALTER SYSTEM SET work_mem = '5MB'",
            "SELECT pg_create_physical_replication_slot('left')",
            "CREATE UNLOGGED TABLE u ()",
            "CREATE ROLE app LOGIN PASSWORD 'app'",
            "CREATE SEQUENCE numbers; SELECT nextval('numbers')")) {
      TemporaryBranch branch = waiting(pool);
      execute(branch, change);
      branch.close();
      await().until(() -> own.listBranches().stream().noneMatch(b -> b.id().equals(branch.id())));
    }
  }

  @Test
  void oneThatIsAnotherThanItWasIsNotHandedOutAgain() throws Exception {
    BranchPool pool = own.pool(shop(own), LIMITS);
    List<Consumer<TemporaryBranch>> changes =
        List.of(
            branch -> branch.restart(),
            branch -> branch.mark("before"),
            branch -> branch.branch().fast().createTemporary(),
            branch -> branch.rename("mine"),
            branch -> branch.mark("here").rewindTo("here"));
    for (Consumer<TemporaryBranch> change : changes) {
      TemporaryBranch branch = waiting(pool);
      change.accept(branch);
      branch.close();
      await().until(() -> own.listBranches().stream().noneMatch(b -> b.id().equals(branch.id())));
    }
    assertThat(own.listBranches()).noneMatch(branch -> branch.name().equals("shop/mine"));
    await().until(() -> files().slots().size() == files().waiting().size());
  }

  @Test
  void whoComesBackWithAnOldSessionIsNotLetIn() throws Exception {
    BranchPool pool = own.pool(shop(own), LIMITS.withAhead(4));
    TemporaryBranch first = waiting(pool);
    Properties login = new Properties();
    login.setProperty("user", first.getUsername());
    login.setProperty("password", first.getPassword());
    String url = first.getJdbcUrl();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    ExecutorService stubborn = Executors.newSingleThreadExecutor();
    try {
      stubborn.execute(
          () -> {
            while (!stop.get()) {
              try (Connection again = DriverManager.getConnection(url, login)) {
                execute(again, "CREATE TABLE IF NOT EXISTS left_behind ()");
                written.incrementAndGet();
              } catch (SQLException e) {
                continue; // It is not let in, or its session is ended.
              }
            }
          });
      await().until(() -> written.get() > 0);
      first.close();
      for (int i = 0; i < 6; i++) {
        try (TemporaryBranch next = pool.take()) {
          assertThat(query(next, "SELECT to_regclass('left_behind')")).isNull();
        }
      }
    } finally {
      stop.set(true);
      stubborn.shutdown();
    }
  }

  @Test
  void aSnapshotThatGetsItsLabelLaterIsTheOneThatIsTaken() throws Exception {
    Branch parent = own.from(Library.SHOP).named("labelled").create();
    parent.snapshot("nightly");
    BranchPool pool = own.pool(own.from(parent.name()).snapshot("nightly"), LIMITS);
    pool.take().close();
    execute(parent, "CREATE TABLE newer ()");
    parent.snapshot("nightly");
    for (int i = 0; i < 4; i++) {
      assertThat(query(pool.take(), "SELECT to_regclass('newer')")).isEqualTo("newer");
    }
    own.close();
    bpg.getBranch(parent.name()).forceDelete();
  }

  @Test
  void aTokenThatACrashCutOffIsClearedAway() throws Exception {
    own.pool(shop(own), LIMITS).take();
    await().until(() -> files().waiting().size() == 2);
    Path folder;
    try (Stream<Path> folders = Files.list(library.home().resolve("pools"))) {
      folder = folders.findFirst().orElseThrow();
    }
    Files.createFile(folder.resolve("0123456789abcdef"));
    Bpg.open(library.config().build()).close();
    assertThat(files().waiting()).hasSize(2).doesNotContain("0123456789abcdef");
  }

  @Test
  void withUnloggedTablesOrWithoutReuseNothingIsHandedOutAgain() throws Exception {
    Branch parent = own.from(Library.SHOP).named("unlogged").create();
    execute(parent, "CREATE UNLOGGED TABLE u (id int)");
    parent.stop();
    parent.snapshot("ready");
    for (BranchPool pool :
        List.of(
            own.pool(own.from(parent.name()).snapshot("ready"), LIMITS),
            own.pool(shop(own), LIMITS.withReuse(false)))) {
      TemporaryBranch branch = waiting(pool);
      branch.close();
      await().until(() -> own.listBranches().stream().noneMatch(b -> b.id().equals(branch.id())));
    }
    own.close();
    bpg.getBranch(parent.name()).forceDelete();
  }

  @Test
  void noMoreLiveThanTheLimitsAllow() throws Exception {
    PoolLimits two = LIMITS.withAhead(0).withServers(2).withTimeout(Duration.ofMillis(200));
    BranchPool pool = own.pool(shop(own), two);
    TemporaryBranch first = pool.take();
    pool.take();

    assertThatThrownBy(pool::take)
        .isInstanceOf(BusyException.class)
        .hasMessage(
            "cannot branch shop/main: 2 branches of pools live, and none went within PT0.2S\n"
                + "HINT: allow more servers in the pool's limits, or close branches that are not"
                + " used any more");
    BranchPool patient = own.pool(shop(own), two.withTimeout(Duration.ofMinutes(1)));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<TemporaryBranch> third = thread.submit(patient::take);
      first.close();
      assertThat(query(third.get(), "SELECT 1")).isEqualTo("1");
    } finally {
      thread.shutdown();
    }
    assertThat(files().slots()).hasSize(2);
  }

  @Test
  void whoeverWaitsIsToldThatBpgWasClosed() throws Exception {
    BranchPool pool = own.pool(shop(own), LIMITS.withAhead(0).withServers(1));
    pool.take();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<TemporaryBranch> second = thread.submit(pool::take);
      await().until(() -> Thread.getAllStackTraces().values().stream().anyMatch(PoolTest::waits));
      own.close();
      assertThatThrownBy(second::get)
          .hasCauseInstanceOf(UnavailableException.class)
          .hasMessageContaining("cannot branch shop/main: bpg was closed meanwhile");
    } finally {
      thread.shutdown();
    }
  }

  private static boolean waits(StackTraceElement[] stack) {
    return Stream.of(stack).anyMatch(frame -> frame.getClassName().endsWith("Slots$Changes"));
  }

  @Test
  void whatWaitsForOthersGivesWay() throws Exception {
    PoolLimits three = LIMITS.withServers(3).withTimeout(Duration.ofSeconds(30));
    try (TemporaryBranch held = own.pool(shop(own), three).take()) {
      await().until(() -> files().waiting().size() == 2);
      try (Bpg other = Bpg.open(library.config().build())) {
        BranchBuilder different = shop(other).setting("work_mem", "6MB");
        try (TemporaryBranch branch = other.pool(different, three).take()) {
          assertThat(query(branch, "SHOW work_mem")).isEqualTo("6MB");
          assertThat(query(held, "SELECT 1")).isEqualTo("1");
          assertThat(files().slots()).hasSize(3);
        }
      }
    }
  }

  @Test
  void anotherProcessTakesWhatWaitsAndKeepsIt() throws Exception {
    own.pool(shop(own), LIMITS).take();
    await().until(() -> files().waiting().size() == 2);
    List<String> waiting = files().waiting();
    try (Bpg other = Bpg.open(library.config().build())) {
      TemporaryBranch taken = other.pool(shop(other), LIMITS.withAhead(0)).take();
      assertThat(waiting).contains(taken.id());
      own.close();
      assertThat(query(taken, "SELECT 1")).isEqualTo("1");
      assertThat(files().slots()).singleElement().asString().endsWith(taken.id());
    }
  }

  @Test
  void whatWaitsTooLongIsDeleted() throws Exception {
    // Long enough for somebody who looks ten times a second to see that one waits.
    PoolLimits impatient = LIMITS.withIdle(Duration.ofSeconds(2));
    TemporaryBranch taken = waiting(own.pool(shop(own), impatient));
    await().until(() -> files().slots().size() == 1);
    assertThat(files().waiting()).isEmpty();
    assertThat(query(taken, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void nothingIsStartedAheadOfWhatMayChange() throws Exception {
    Branch parent = own.from(Library.SHOP).named("live").create();
    BranchPool pool = own.pool(own.from(parent.name()).fast(), LIMITS);
    pool.take();
    execute(parent, "CREATE TABLE late ()");
    assertThat(query(pool.take(), "SELECT count(*) FROM late")).isEqualTo("0");
    assertThat(files().waiting()).isEmpty();
    own.close();
    bpg.getBranch(parent.name()).forceDelete();
  }

  @Test
  void oneThatEndedWhileItWaitedIsNotHandedOut() throws Exception {
    BranchPool pool = own.pool(shop(own), LIMITS);
    waiting(pool);
    for (String id : files().waiting()) {
      own.listBranches().stream()
          .filter(branch -> branch.id().equals(id))
          .findFirst()
          .orElseThrow()
          .stop();
    }
    assertThat(query(pool.take(), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aKeptBranchLeavesItsPool() throws Exception {
    TemporaryBranch branch = waiting(own.pool(shop(own), LIMITS));
    Branch kept = branch.keep();
    branch.close();
    own.close();
    Branch found = bpg.getBranch(kept.name());
    assertThat(query(found, "SELECT 1")).isEqualTo("1");
    assertThat(files().slots()).isEmpty();
    found.delete();
  }

  @Test
  void refusesWhatCannotBeMadeTwice() {
    assertThatThrownBy(() -> own.pool(shop(own).named("one"), LIMITS))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot make a pool of shop/main: its branches would have one name\n"
                + "HINT: leave the name out");
    assertThatThrownBy(() -> own.pool(shop(own).expiresAfter(Duration.ofHours(1)), LIMITS))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot make a pool of shop/main: its branches go when the pool says so\n"
                + "HINT: leave expiry and protection out");
    assertThatThrownBy(() -> own.pool(own.from(Library.SHOP).snapshot("none"), LIMITS))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot branch shop/main: it has no snapshot none\n"
                + "HINT: list what it has with snapshots() on the branch");
    assertThatThrownBy(() -> LIMITS.withServers(0))
        .isInstanceOf(RefusedException.class)
        .hasMessage("cannot limit a pool to servers 0: it is too small\nHINT: give at least 1");
  }

  private static BranchBuilder shop(Bpg bpg) {
    return bpg.from(Library.SHOP).snapshot("ready");
  }

  /** One that waited. */
  private TemporaryBranch waiting(BranchPool pool) throws IOException {
    pool.take().close();
    await().until(() -> !files().waiting().isEmpty());
    return pool.take();
  }

  private static TemporaryBranch takeUntil(BranchPool pool, String id) {
    for (int i = 0; i < 8; i++) {
      TemporaryBranch branch = pool.take();
      if (branch.id().equals(id)) {
        return branch;
      }
    }
    throw new AssertionError("never again: " + id);
  }

  // Tokens and slots, without the files that say when to look.

  private HomeFiles files() {
    return new HomeFiles(library.home());
  }
}
