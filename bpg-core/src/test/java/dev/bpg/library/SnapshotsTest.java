package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.Snapshot;
import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.model.BranchMode;
import dev.bpg.model.CloneMethod;
import dev.bpg.testing.Library;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest extends EveryStorageContract {

  private Branch dev;

  @BeforeEach
  void makeABranch() throws Exception {
    dev = bpg.from(Library.SHOP).named("dev").fast().create();
    execute(dev, "CREATE TABLE notes AS SELECT 'before' AS text");
  }

  @Test
  void aSnapshotKeepsWhatItsBranchHadWhenItWasTaken() throws Exception {
    Snapshot consistent = dev.snapshot("first");
    execute(dev, "UPDATE notes SET text = 'between'");
    Snapshot fast = dev.snapshot("second", BranchMode.FAST);
    execute(dev, "UPDATE notes SET text = 'after'");
    Snapshot stopped = dev.stop().snapshot("third");

    assertThat(query(consistent.newBranch().create(), "SELECT text FROM notes"))
        .isEqualTo("before");
    assertThat(query(bpg.fromSnapshot(fast.id()).create(), "SELECT text FROM notes"))
        .isEqualTo("between");
    Branch third = bpg.from("shop/dev").snapshot("third").named("of-third").create();
    assertThat(query(third, "SELECT text FROM notes")).isEqualTo("after");
    assertThat(third.parent()).contains("shop/dev");
    assertThat(third.origin().snapshot()).contains(stopped.id());
    assertThat(query(dev.start(), "SELECT text FROM notes")).isEqualTo("after");
  }

  @Test
  void aSnapshotOutlivesManyBranchesOfItAndIsChangedByNone() throws Exception {
    Snapshot snapshot = dev.snapshot("seed");
    for (int i = 0; i < 3; i++) {
      try (var branch = snapshot.newBranch().createTemporary()) {
        assertThat(query(branch, "SELECT text FROM notes")).isEqualTo("before");
        execute(branch, "UPDATE notes SET text = 'mine'");
      }
    }
  }

  @Test
  void itsTimesPositionsModeAndSizeAreRecorded() {
    Instant begin = Instant.now().minusMillis(1);
    Snapshot snapshot = dev.snapshot("recorded");
    Snapshot found = bpg.getSnapshot(snapshot.id());

    assertThat(found.label()).contains("recorded");
    assertThat(found.branch()).isEqualTo("shop/dev");
    assertThat(found.origin().mode()).isEqualTo(BranchMode.CONSISTENT);
    assertThat(found.origin().method())
        .isEqualTo(storage.isAtomic() ? CloneMethod.SNAPSHOT_IN_BACKUP : CloneMethod.BACKUP);
    assertThat(found.origin().startLsn().orElseThrow()).matches("[0-9A-F]+/[0-9A-F]+");
    assertThat(found.origin().stopLsn().orElseThrow()).matches("[0-9A-F]+/[0-9A-F]+");
    assertThat(found.origin().takenAt()).isAfterOrEqualTo(begin);
    assertThat(found.finishedAt())
        .isAfterOrEqualTo(found.origin().takenAt())
        .isBeforeOrEqualTo(Instant.now());
    assertThat(found.timeline()).isEqualTo(1);
    assertThat(found.size()).isGreaterThan(5_000_000);
    assertThat(found).hasToString("snapshot " + found.id() + " (recorded) of shop/dev");
  }

  @Test
  void snapshotsAreListedByBranchByDatabaseAndAllOfThem() {
    Snapshot first = dev.snapshot("one");
    Snapshot second = dev.snapshot("two");
    Snapshot other = library.shop().snapshot("three", BranchMode.FAST);

    assertThat(dev.snapshots()).extracting(Snapshot::id).containsExactly(first.id(), second.id());
    assertThat(bpg.listSnapshots("shop"))
        .extracting(Snapshot::id)
        .containsExactly(first.id(), second.id(), other.id());
    assertThat(bpg.listSnapshots()).hasSize(3);
    assertThat(bpg.listSnapshots("nobody")).isEmpty();
    other.delete();
  }

  @Test
  void ofSeveralOfOneLabelTheNewestIsTaken() throws Exception {
    dev.snapshot("daily");
    execute(dev, "UPDATE notes SET text = 'newer'");
    dev.snapshot("daily");

    Branch branch = bpg.from("shop/dev").snapshot("daily").create();

    assertThat(query(branch, "SELECT text FROM notes")).isEqualTo("newer");
  }

  @Test
  void aSnapshotWithBranchesIsNotDeletedAndNamesThem() throws Exception {
    Snapshot snapshot = dev.snapshot("kept");
    Branch branch = snapshot.newBranch().named("child").create();

    assertThatThrownBy(snapshot::delete)
        .isInstanceOf(BusyException.class)
        .hasMessage(
            "cannot delete snapshot "
                + snapshot.id()
                + ": branches were made of it: shop/child\nHINT: delete them first");

    assertThat(dev.snapshots()).hasSize(1);
    branch.delete();
    snapshot.delete();
    assertThat(dev.snapshots()).isEmpty();
  }

  @Test
  void aDeletedSnapshotLeavesNothing() throws Exception {
    var before = library.files();
    Snapshot snapshot = dev.snapshot("gone");
    snapshot.delete();

    assertThat(library.files()).isEqualTo(before);
    assertThatThrownBy(snapshot::delete)
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot delete snapshot "
                + snapshot.id()
                + ": it does not exist\nHINT: list what exists with Snapshots.list()");
  }

  @Test
  void snapshotsGoWithTheirBranch() throws Exception {
    dev.snapshot("one");
    dev.snapshot("two");
    dev.delete();

    assertThat(bpg.listSnapshots()).isEmpty();
    assertNothingChanged();
  }

  @Test
  void aMissingSnapshotIsNotFoundAndLeavesNothing() throws Exception {
    var before = library.files();
    assertThatThrownBy(() -> bpg.from("shop/dev").snapshot("never").create())
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot branch shop/dev: it has no snapshot never\n"
                + "HINT: list what it has with snapshots() on the branch");
    assertThatThrownBy(() -> bpg.getSnapshot("never"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot find snapshot never: it does not exist\n"
                + "HINT: list what exists with Snapshots.list()");
    assertThat(library.files()).isEqualTo(before);
  }

  @Test
  void cleanUpTakesByAgeNumberAndBranchAndTellsFirst() {
    dev.snapshot("one");
    Snapshot two = dev.snapshot("two");
    Snapshot three = dev.snapshot("three");
    two.newBranch().named("of-two").create();

    var cleanup = bpg.cleanUpSnapshots().of("shop/dev").keepLast(1);
    assertThat(cleanup.dryRun()).extracting(s -> s.label().orElseThrow()).contains("one", "two");
    assertThat(bpg.cleanUpSnapshots().olderThan(Duration.ofHours(1)).dryRun()).isEmpty();
    assertThat(dev.snapshots()).hasSize(3);

    assertThat(cleanup.run()).extracting(s -> s.label().orElseThrow()).containsExactly("one");
    assertThat(dev.snapshots()).extracting(Snapshot::id).containsExactly(two.id(), three.id());
    assertThatThrownBy(() -> bpg.cleanUpSnapshots().run())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot clean up snapshots: neither an age nor a number to keep is given\n"
                + "HINT: call olderThan(…) or keepLast(…); keepLast(0) takes all of them");
  }
}
