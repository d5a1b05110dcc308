package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.BpgException;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Library;
import dev.bpg.testing.ShopChecks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Several threads at once. */
@Ability("Ten threads branch one parent at once")
class ConcurrencyTest extends EveryStorageContract {

  private static final int THREADS = 10;

  private static <T> List<Future<T>> atOnce(List<Callable<T>> tasks) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Callable<T>> held = new ArrayList<>();
      for (Callable<T> task : tasks) {
        held.add(
            () -> {
              start.await();
              return task.call();
            });
      }
      return threads.invokeAll(held);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void tenThreadsBranchOneParentAtOnceAndAllBranchesAreIdentical() throws Exception {
    List<Callable<Branch>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      boolean fast = i % 2 == 0;
      tasks.add(
          () ->
              fast
                  ? bpg.from(Library.SHOP).fast().create()
                  : bpg.from(Library.SHOP).consistent().create());
    }

    List<Future<Branch>> made = atOnce(tasks);

    for (String table : ShopChecks.TABLES) {
      String expected = query(library.shop(), ShopChecks.checksum(table));
      for (Future<Branch> branch : made) {
        assertThat(query(branch.get(), ShopChecks.checksum(table))).isEqualTo(expected);
      }
    }
    List<Callable<Boolean>> deletions = new ArrayList<>();
    for (Future<Branch> branch : made) {
      deletions.add(
          () -> {
            branch.get().delete();
            return true;
          });
    }
    for (Future<Boolean> deletion : atOnce(deletions)) {
      assertThat(deletion.get()).isTrue();
    }
    assertNothingChanged();
  }

  @Test
  void aParentThatTakesItsWalAwayAllTheTimeIsBranchedAllTheSame() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Future<Integer> recycling = threads.submit(() -> recycleWal(over));
    try {
      String expected = query(library.shop(), ShopChecks.checksum("orders"));
      for (int i = 0; i < 5; i++) {
        Branch branch = bpg.from(Library.SHOP).create();
        assertThat(query(branch, ShopChecks.checksum("orders"))).isEqualTo(expected);
        branch.delete();
      }
    } finally {
      over.set(true);
      threads.shutdown();
    }
    assertThat(recycling.get(1, TimeUnit.MINUTES)).isPositive();
    assertNothingChanged();
  }

  private int recycleWal(AtomicBoolean over) throws SQLException {
    int rounds = 0;
    try (Connection connection = library.shop().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      while (!over.get()) {
        statement.execute("SELECT pg_switch_wal()");
        statement.execute("CHECKPOINT");
        rounds++;
      }
    }
    return rounds;
  }

  @Test
  void ofTenThreadsThatCreateTheSameNameExactlyOneWins() throws Exception {
    Callable<Branch> task = () -> bpg.from(Library.SHOP).named("same").fast().create();
    List<Callable<Branch>> tasks = java.util.Collections.nCopies(THREADS, task);

    int won = 0;
    for (Future<Branch> result : atOnce(tasks)) {
      try {
        assertThat(query(result.get(), "SELECT count(*) FROM orders")).isEqualTo("5000");
        won++;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(AlreadyExistsException.class);
      }
    }

    assertThat(won).isEqualTo(1);
    bpg.getBranch("shop/same").delete();
    assertNothingChanged();
  }

  @Test
  void aParentThatIsDeletedWhileItIsBranchedLeavesNoOrphan() throws Exception {
    for (int round = 0; round < 3; round++) {
      Branch parent = parent();
      Callable<Boolean> branching =
          () -> {
            parent.branch().fast().create();
            return true;
          };
      Callable<Boolean> deletion =
          () -> {
            parent.forceDelete();
            return true;
          };

      for (Future<Boolean> result : atOnce(List.of(branching, deletion, branching))) {
        try {
          result.get();
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(BpgException.class);
        }
      }

      library.deleteWhatTestsLeft();
      assertNothingChanged();
    }
  }

  @Test
  void startsStopsAndBranchesOfOneBranchGetInNobodysWay() throws Exception {
    Branch parent = parent();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tasks.add(() -> parent.restart().id().equals(parent.id()));
      tasks.add(
          () ->
              query(parent.branch().fast().create(), "SELECT count(*) FROM orders").equals("5000"));
    }

    for (Future<Boolean> result : atOnce(tasks)) {
      assertThat(result.get()).isTrue();
    }
    assertThat(parent.isRunning()).isTrue();
  }
}
