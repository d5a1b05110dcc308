package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bpg.error.BpgException;
import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SpaceLimits;
import dev.bpg.testing.Faults;
import dev.bpg.testing.Operation;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.Strays;
import dev.bpg.testing.WiredHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Branches are made from a branch while it is deleted. Whoever clones a branch holds its lock
 * shared and whoever deletes it holds it exclusively, and a creation claims its name before it lets
 * go of its parent. So each creation comes wholly before the deletion, which then takes its branch
 * along or is refused because of it, or wholly after it, and finds no parent. In the end no branch
 * is there without its parent, and nothing of those that are gone.
 */
class DeletionRaceTest {

  private static final int CREATORS = 8;
  private static final int ROUNDS = 100;
  private static final BranchName PARENT = Operation.MAIN.sibling("parent");

  private Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(CREATORS + 1);
  private final List<WiredHome> homes = new ArrayList<>();

  @BeforeEach
  void makeHomes() throws IOException {
    folder = RealStorages.inMemory();
    // Two as of two processes: they have nothing in common but the folder.
    homes.add(WiredHome.ofFiles(folder, Faults.none()));
    homes.add(WiredHome.ofFiles(folder, Faults.none()));
    Operation.BRANCH.prepare(engine(0), CloneMethod.SNAPSHOT);
  }

  @AfterEach
  void endThreads() throws IOException {
    threads.shutdownNow();
    FolderRemoval.remove(folder);
  }

  @Test
  void aForcedDeletionTakesEveryBranchThatWasMadeBeforeIt() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(90),
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            race(true);
            assertThat(names()).as("round %d", round).containsExactly("api/main");
            assertThat(new Strays(folder).find()).as("round %d", round).isEmpty();
          }
        });
  }

  @Test
  void aDeletionIsRefusedOrComesBeforeEveryCreation() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(90),
        () -> {
          for (int round = 0; round < ROUNDS / 5; round++) {
            race(false);
            List<String> names = names();
            assertThat(names.contains("api/parent"))
                .as("round %d: %s", round, names)
                .isEqualTo(names.size() > 1);
            assertThat(new Strays(folder).find()).as("round %d", round).isEmpty();
            if (names.size() > 1) {
              engine(1).deletions().branch(engine(1).branches().get(PARENT), true);
            }
          }
        });
  }

  private void race(boolean force) throws Exception {
    BranchRecord parent = engine(0).createBranch(request(Operation.MAIN, "parent"));
    CyclicBarrier start = new CyclicBarrier(CREATORS + 1);
    List<Future<Optional<BpgException>>> results = new ArrayList<>();
    for (int i = 0; i < CREATORS; i++) {
      String name = "child-" + i;
      Engine engine = engine(i);
      results.add(
          threads.submit(() -> outcome(start, () -> engine.createBranch(request(PARENT, name)))));
    }
    Future<Optional<BpgException>> deletion =
        threads.submit(() -> outcome(start, () -> engine(1).deletions().branch(parent, force)));
    for (Future<Optional<BpgException>> result : results) {
      result.get().ifPresent(e -> assertThat(e).isInstanceOf(NotFoundException.class));
    }
    deletion.get().ifPresent(e -> assertThat(e).isInstanceOf(BusyException.class));
    assertThat(force && deletion.get().isPresent()).as("a refused forced deletion").isFalse();
  }

  private static Optional<BpgException> outcome(CyclicBarrier start, Runnable act)
      throws Exception {
    start.await();
    try {
      act.run();
      return Optional.empty();
    } catch (BpgException e) {
      return Optional.of(e);
    }
  }

  private Engine engine(int number) {
    return homes.get(number % homes.size()).engine();
  }

  private List<String> names() {
    return engine(0).branches().list().stream()
        .map(r -> r.name().toString())
        .collect(Collectors.toList());
  }

  private static BranchRequest request(BranchName parent, String name) {
    return new BranchRequest(
        parent,
        Optional.empty(),
        Optional.empty(),
        Optional.of(name),
        BranchMode.FAST,
        Optional.empty(),
        ServerSettings.none(),
        SpaceLimits.none(),
        false);
  }
}
