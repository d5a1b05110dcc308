package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.ResetOption;
import dev.bpg.Snapshot;
import dev.bpg.error.BusyException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResetTest extends EveryStorageContract {

  private Branch parent;
  private Branch dev;

  @BeforeEach
  void makeAParentAndAChild() throws Exception {
    parent = parent();
    execute(parent, "CREATE TABLE notes AS SELECT 'before' AS text");
    dev = parent.branch().named("dev").fast().create();
  }

  @Test
  void takesTheParentsPresentStateAndDropsLocalChangesAgainAndAgain() throws Exception {
    for (String text : new String[] {"first", "second"}) {
      execute(dev, "UPDATE notes SET text = 'mine'");
      execute(parent, "UPDATE notes SET text = '" + text + "'");
      dev.reset();
      assertThat(notes(dev)).isEqualTo(text);
    }
    dev.reset(ResetOption.FAST);
    assertThat(notes(dev)).isEqualTo("second");
    assertThat(notes(parent)).isEqualTo("second");
  }

  @Test
  void keepsNamePortAndPasswordAndEveryHandle() throws Exception {
    Branch other = bpg.getBranch(dev.name());
    String id = dev.id();
    int port = dev.getPort();
    String password = dev.getPassword();

    dev.reset();

    assertThat(dev.id()).isNotEqualTo(id);
    for (Branch handle : new Branch[] {dev, other}) {
      assertThat(handle.name()).isEqualTo("shop/dev");
      assertThat(handle.getPort()).isEqualTo(port);
      assertThat(handle.getPassword()).isEqualTo(password);
      assertThat(notes(handle)).isEqualTo("before");
    }
    other.restart().delete();
    parent.delete();
    assertNothingChanged();
  }

  @Test
  void aStoppedBranchOfAStoppedParentStaysStopped() throws Exception {
    execute(parent, "UPDATE notes SET text = 'after'");
    parent.stop();
    dev.stop().reset();

    assertThat(dev.isRunning()).isFalse();
    assertThat(notes(dev.start())).isEqualTo("after");
  }

  @Test
  void aMainBranchIsRefused() {
    assertThatThrownBy(() -> library.shop().reset())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot reset branch shop/main: it is its database's main branch\n"
                + "HINT: roll it back to a snapshot of its own with rollbackTo(…)");
  }

  @Test
  void dependentsOfAnyDepthBlockItAndGoWhenForced() throws Exception {
    Branch child = dev.branch().named("child").fast().create();
    Branch grandchild = child.branch().named("grandchild").fast().create();
    Branch third = grandchild.branch().named("third").fast().create();
    var before = library.files();

    assertThatThrownBy(dev::reset)
        .isInstanceOf(BusyException.class)
        .hasMessage(
            "cannot reset branch shop/dev: these were made from it:"
                + " shop/child, shop/grandchild, shop/third\n"
                + "HINT: delete them first, or take all of them with ResetOption.FORCE");
    assertThat(library.files()).isEqualTo(before);
    assertThat(notes(third)).isEqualTo("before");

    dev.reset(ResetOption.FORCE);
    assertThat(bpg.listBranches("shop"))
        .extracting(Branch::name)
        .containsExactlyInAnyOrder("shop/main", parent.name(), "shop/dev");
  }

  @Test
  void resetsToASnapshotOfTheParentOrOfItsOwn() throws Exception {
    Snapshot ofParent = parent.snapshot("seed");
    execute(parent, "UPDATE notes SET text = 'after'");
    execute(dev, "UPDATE notes SET text = 'mine'");
    dev.snapshot("mine");

    assertThat(notes(dev.resetTo("seed"))).isEqualTo("before");
    assertThat(dev.origin().snapshot()).contains(ofParent.id());
    assertThat(dev.snapshots()).hasSize(1);
    assertThat(notes(dev.resetTo("mine"))).isEqualTo("mine");
    assertThat(notes(dev.resetTo(ofParent.id()))).isEqualTo("before");
    dev.delete();
    ofParent.delete();
  }

  @Test
  void resetsToTheSnapshotItWasMadeOfAndRefusesWithoutOne() throws Exception {
    parent.snapshot("seed");
    execute(parent, "UPDATE notes SET text = 'after'");
    Branch seeded = parent.branch().snapshot("seed").named("seeded").create();
    execute(seeded, "UPDATE notes SET text = 'mine'");

    assertThat(notes(seeded.resetToOrigin())).isEqualTo("before");
    assertThatThrownBy(dev::resetToOrigin)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot reset branch shop/dev: it was not made of a snapshot\n"
                + "HINT: use reset() for its parent's present data");
  }

  @Test
  void aBranchIsRolledBackToItsOwnSnapshotsAndAMainBranchToo() throws Exception {
    Branch main = dev.promoteTo("own");
    main.snapshot("good");
    execute(main, "UPDATE notes SET text = 'bad'");
    main.snapshot("bad");

    assertThat(notes(main.rollbackTo("good"))).isEqualTo("before");
    assertThat(notes(main.rollbackTo("bad"))).isEqualTo("bad");
    assertThat(main.snapshots()).hasSize(2);
    assertThat(bpg.getDatabase("own").main().id()).isEqualTo(main.id());
    bpg.deleteDatabase("own");
    parent.delete();
    assertNothingChanged();
  }

  @Test
  void aMissingSnapshotIsNotFoundAndNothingIsTouched() throws Exception {
    parent.snapshot("of-the-parent");
    execute(dev, "UPDATE notes SET text = 'mine'");
    var before = library.files();

    assertThatThrownBy(() -> dev.resetTo("never"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot reset branch shop/dev: neither it nor its parent has a snapshot never\n"
                + "HINT: list what it has with snapshots() on the branch");
    assertThatThrownBy(() -> dev.rollbackTo("of-the-parent"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot roll back branch shop/dev: it has no snapshot of-the-parent\n"
                + "HINT: list what it has with snapshots() on the branch");

    assertThat(library.files()).isEqualTo(before);
    assertThat(notes(dev)).isEqualTo("mine");
  }

  @Test
  void anInterruptedResetLeavesTheOriginalRunning() throws Exception {
    execute(dev, "UPDATE notes SET text = 'mine'");
    var before = library.files();

    Thread.currentThread().interrupt();
    assertThatThrownBy(dev::reset).isInstanceOf(CancelledException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(library.files()).isEqualTo(before);
    assertThat(notes(dev)).isEqualTo("mine");
  }

  @Test
  void aTemporaryBranchIsResetAndStillGoesWithItsBlock() throws Exception {
    try (var temporary = parent.branch().fast().createTemporary()) {
      execute(temporary, "UPDATE notes SET text = 'mine'");
      assertThat(notes(temporary.reset())).isEqualTo("before");
    }
    dev.delete();
    parent.delete();
    assertNothingChanged();
  }

  private static String notes(Branch branch) throws SQLException {
    return query(branch, "SELECT text FROM notes");
  }
}
