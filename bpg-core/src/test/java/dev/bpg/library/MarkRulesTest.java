package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.ResetOption;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.event.BpgEvent;
import dev.bpg.event.Subscription;
import dev.bpg.testing.Library;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarkRulesTest extends BothKindsContract {

  private TemporaryBranch branch;

  @BeforeEach
  void makeATemporaryBranch() throws Exception {
    branch = bpg.from(Library.SHOP).fast().createTemporary();
    execute(branch, "CREATE TABLE notes AS SELECT 'none' AS text");
  }

  @Test
  void aMarkThatDoesNotExistIsNotFoundAndTheOthersAreNamed() throws Exception {
    assertThatThrownBy(() -> branch.rewindTo("x"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot rewind branch "
                + branch.name()
                + ": it has no mark x\nHINT: make it first with mark(\"x\")");
    branch.mark("a").mark("b");
    branch.snapshot("x");
    assertThatThrownBy(() -> branch.rewindTo("x"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot rewind branch "
                + branch.name()
                + ": it has no mark x, only a, b\nHINT: make it first with mark(\"x\")");
    assertThat(text(branch)).isEqualTo("none");
  }

  @Test
  void aNameIsGivenOnceUntilItsMarkIsDeleted() throws Exception {
    branch.mark("a");
    write(branch, "later");
    assertThatThrownBy(() -> branch.mark("a"))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage(
            "cannot mark branch "
                + branch.name()
                + ": it has a mark a\n"
                + "HINT: take another name, or delete that one with deleteMark(\"a\")");
    assertThatThrownBy(() -> branch.mark(" "))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot mark branch "
                + branch.name()
                + ": the mark's name is blank\nHINT: give it a name");

    branch.rewindTo("a");
    branch.deleteMark("a");
    write(branch, "later");
    branch.mark("a");
    write(branch, "lost");

    assertThat(text(branch.rewindTo("a"))).isEqualTo("later");
    assertThatThrownBy(() -> branch.deleteMark("b"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot delete a mark of "
                + branch.name()
                + ": it has no mark b, only a\nHINT: make it first with mark(\"b\")");
  }

  @Test
  void ofManyWhoGiveOneNameAtOnceExactlyOneDoes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Branch>> marks =
        Stream.generate(
                () ->
                    threads.submit(
                        () -> {
                          start.await();
                          return branch.mark("a");
                        }))
            .limit(3)
            .toList();
    start.countDown();
    threads.shutdown();
    int refused = 0;
    for (Future<Branch> mark : marks) {
      try {
        mark.get();
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(AlreadyExistsException.class);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(2);
    assertThat(branch.marks()).containsExactly("a");
  }

  @Test
  void marksAreNoSnapshotsAndNotInherited() {
    branch.mark("a");
    assertThat(branch.snapshots()).isEmpty();
    assertThat(bpg.cleanUpSnapshots().keepLast(0).run()).isEmpty();
    assertThatThrownBy(() -> branch.rollbackTo("a")).isInstanceOf(NotFoundException.class);
    try (TemporaryBranch child = branch.branch().fast().createTemporary()) {
      assertThat(child.marks()).isEmpty();
    }
    assertThat(branch.marks()).containsExactly("a");
  }

  @Test
  void whatWasMadeOfItBlocksItAndGoesWhenForced() throws Exception {
    branch.mark("a");
    branch.branch().named("child").fast().createTemporary();
    write(branch, "kept");

    assertThatThrownBy(() -> branch.rewindTo("a"))
        .isInstanceOf(BusyException.class)
        .hasMessage(
            "cannot rewind branch "
                + branch.name()
                + ": these were made from it: shop/child\n"
                + "HINT: delete them first, or take all of them with ResetOption.FORCE");
    assertThat(text(branch)).isEqualTo("kept");

    assertThat(text(branch.rewindTo("a", ResetOption.FORCE))).isEqualTo("none");
  }

  @Test
  void aStoppedBranchStaysStopped() throws Exception {
    branch.stop().mark("a");
    write(branch.start(), "lost");
    branch.stop().rewindTo("a");
    assertThat(branch.isRunning()).isFalse();
    assertThat(text(branch.start())).isEqualTo("none");
  }

  @Test
  void permanentBranchesHaveMarksToo() throws Exception {
    Branch lasting = parent();
    execute(lasting, "CREATE TABLE notes AS SELECT 'first' AS text");
    lasting.mark("a");
    lasting.rotatePassword();
    write(lasting, "lost");
    assertThat(text(lasting.rewindTo("a"))).isEqualTo("first");
    assertThat(text(lasting.restart())).isEqualTo("first");
  }

  @Test
  void areToldToListeners() {
    List<BpgEvent.Kind> heard = new CopyOnWriteArrayList<>();
    try (Subscription listening = bpg.addListener(event -> heard.add(event.kind()))) {
      branch.mark("a").rewindTo("a").deleteMark("a");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(heard)
                      .containsSubsequence(
                          BpgEvent.Kind.SNAPSHOT_TAKEN,
                          BpgEvent.Kind.BRANCH_RESET,
                          BpgEvent.Kind.SNAPSHOT_DELETED));
    }
  }

  private static void write(Branch branch, String text) throws SQLException {
    execute(branch, "UPDATE notes SET text = '" + text + "'");
  }

  private static String text(Branch branch) throws SQLException {
    return query(branch, "SELECT text FROM notes");
  }
}
