package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.bpg.error.BpgException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.model.CloneMethod;
import dev.bpg.testing.Faults;
import dev.bpg.testing.Faults.Death;
import dev.bpg.testing.Faults.Kind;
import dev.bpg.testing.FileRuntime;
import dev.bpg.testing.Operation;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.Strays;
import dev.bpg.testing.WiredHome;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Each operation, with something going wrong at each of its steps in turn: every call of the
 * storage and the server runtime, before and after, and every use of a file of the home. Servers
 * are files here ({@link FileRuntime}), which makes a thousand rounds affordable; they have no WAL,
 * so snapshots are left to {@link KilledProcessTest}. What user or file system there is makes no
 * difference, so one run of it will do: hence the tag.
 */
@Tag("sweep")
class FaultSweepTest {

  private static final CloneMethod METHOD = CloneMethod.SNAPSHOT;

  private Path folder;
  private Strays strays;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = RealStorages.inMemory();
    strays = new Strays(folder);
  }

  @AfterEach
  void removeFolder() throws IOException {
    FolderRemoval.remove(folder);
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      mode = Mode.EXCLUDE,
      names = {"ROLL_BACK", "REWIND"})
  void deathAtAnyStepIsMendedByTheNextOpening(Operation operation) throws Exception {
    for (int step = 1; dies(operation, step); step++) {
      WiredHome next = WiredHome.ofFiles(folder, Faults.none());
      next.recover();
      assertHealthy(operation, next, operation + " killed at " + step);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"BRANCH", "FORCE_DELETE", "CLOSE"})
  void deathDuringRecoveryIsMendedByTheNextOpening(Operation operation) throws Exception {
    // Every third step, for the time it takes; which ones they are makes no difference.
    for (int step = 1; dies(operation, step); step += 3) {
      String what = operation + " killed at " + step;
      for (int second = 1; dies(operation, step); second++) {
        Faults faults = new Faults(Kind.DIE, second);
        WiredHome recovering = WiredHome.ofFiles(folder, faults);
        faults.arm();
        try {
          recovering.recover();
          break;
        } catch (Death e) {
          recovering.abandon();
        }
        WiredHome next = WiredHome.ofFiles(folder, Faults.none());
        next.recover();
        assertHealthy(operation, next, what + ", recovery killed at " + faults.where());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"BRANCH", "CREATE_DATABASE"})
  void whoeverIsOpenAlreadyFinishesAnAbandonedCreationOfTheName(Operation operation)
      throws Exception {
    WiredHome open = WiredHome.ofFiles(folder, Faults.none());
    for (int step = 1; dies(operation, step); step++) {
      // Killed after the last step, the branch is there, which is what was asked for.
      if (strays.find().isEmpty()) {
        operation.prepare(open.engine(), METHOD);
      }
      operation.run(open.engine(), METHOD);
      assertThat(strays.find()).as("%s killed at %d", operation, step).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      mode = Mode.EXCLUDE,
      names = {"ROLL_BACK", "REWIND"})
  void aFailureAtAnyStepLeavesNothingOfACreation(Operation operation) throws Exception {
    for (int step = 1; ; step++) {
      Faults faults = new Faults(Kind.FAIL, step);
      WiredHome home = WiredHome.ofFiles(folder, faults);
      Throwable failure = run(operation, home, faults);
      home.close();
      if (!faults.struck()) {
        assertThat(failure).isNull();
        return;
      }
      String what = operation + " failed at " + faults.where();
      if (operation.creates()) {
        // Files.createDirectories goes on after some failures.
        if (failure != null) {
          assertThat(failure)
              .as(what)
              .isInstanceOf(UnavailableException.class)
              .hasMessageContaining("No space left on device");
        }
        assertThat(strays.find()).as(what).isEmpty();
      }
      WiredHome next = WiredHome.ofFiles(folder, Faults.none());
      next.recover();
      assertHealthy(operation, next, what);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      mode = Mode.EXCLUDE,
      names = {"ROLL_BACK", "REWIND"})
  void whenUndoingFailsTooTheFirstErrorIsShownAndTheNextOpeningFinishes(Operation operation)
      throws Exception {
    for (int step = 1; ; step++) {
      Faults faults = new Faults(Kind.FAIL_FROM_HERE, step);
      WiredHome home = WiredHome.ofFiles(folder, faults);
      Throwable failure = run(operation, home, faults);
      home.abandon();
      if (!faults.struck()) {
        return;
      }
      String what = operation + " failed from " + faults.where() + " on";
      if (operation.creates()) {
        assertThat(failure)
            .as(what)
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("No space left on device");
        if (strays.find().stream().anyMatch(stray -> stray.startsWith("record"))) {
          assertThat(allSuppressed(failure)).as(what).isPositive();
        }
      }
      WiredHome next = WiredHome.ofFiles(folder, Faults.none());
      next.recover();
      assertHealthy(operation, next, what);
    }
  }

  private static int allSuppressed(@Nullable Throwable failure) {
    int count = 0;
    for (Throwable e = failure; e != null; e = e.getCause()) {
      count += e.getSuppressed().length;
    }
    return count;
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      mode = Mode.EXCLUDE,
      names = {"ROLL_BACK", "REWIND"})
  void anInterruptAtAnyStepCancelsAndLeavesNothing(Operation operation) throws Exception {
    for (int step = 1; ; step++) {
      Faults faults = new Faults(Kind.INTERRUPT, step);
      WiredHome home = WiredHome.ofFiles(folder, faults);
      Throwable failure = run(operation, home, faults);
      boolean interrupted = Thread.interrupted();
      home.close();
      if (!faults.struck()) {
        assertThat(failure).isNull();
        return;
      }
      String what = operation + " interrupted at " + faults.where();
      assertThat(interrupted).as(what).isTrue();
      if (failure != null) {
        assertThat(failure).as(what).isInstanceOf(CancelledException.class);
      }
      if (operation != Operation.CLOSE) {
        assertThat(strays.find()).as(what).isEmpty();
      }
      WiredHome next = WiredHome.ofFiles(folder, Faults.none());
      next.recover();
      assertHealthy(operation, next, what);
    }
  }

  /** Runs the operation; whether it died at this step, and did not complete before. */
  private boolean dies(Operation operation, int step) throws Exception {
    Faults faults = new Faults(Kind.DIE, step);
    WiredHome home = WiredHome.ofFiles(folder, faults);
    run(operation, home, faults);
    home.abandon();
    return faults.struck();
  }

  private static @Nullable Throwable run(Operation operation, WiredHome home, Faults faults) {
    operation.prepare(home.engine(), METHOD);
    faults.arm();
    try {
      operation.run(home.engine(), METHOD);
      return null;
    } catch (BpgException | Death e) {
      return e;
    } finally {
      faults.disarm();
    }
  }

  // Nothing is left over, the parent is unharmed, and the operation can be done again at once.
  private void assertHealthy(Operation operation, WiredHome home, String what) throws Exception {
    assertThat(strays.find()).as(what).isEmpty();
    assertThat(
            home.engine()
                .servers()
                .status(home.engine().branches().get(Operation.MAIN))
                .state()
                .name())
        .as(what)
        .isEqualTo("RUNNING");
    assertThatCode(() -> operation.verify(home.engine())).as(what).doesNotThrowAnyException();
    operation.prepare(home.engine(), METHOD);
    operation.run(home.engine(), METHOD);
    home.close();
    assertThat(strays.find()).as(what + ", then done again").isEmpty();
  }
}
