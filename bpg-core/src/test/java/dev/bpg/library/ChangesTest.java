package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bpg.Branch;
import dev.bpg.Snapshot;
import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.diff.RowChange;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.CloneScript;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangesTest extends BothKindsContract {

  private Branch parent;

  @BeforeEach
  void makeAParent() throws Exception {
    parent = parent();
    execute(parent, "CREATE TABLE notes AS SELECT 'before' AS text");
  }

  @Test
  void areThoseSinceItWasMadeOfItsParent() throws Exception {
    Branch branch = parent.branch().fast().create();
    assertThat(rows(branch)).isEmpty();
    change(branch);
    assertThat(rows(branch)).containsExactlyInAnyOrder("- {text=before}", "+ {text=mine}");
    parent.stop();
    assertThat(rows(branch)).containsExactlyInAnyOrder("- {text=before}", "+ {text=mine}");
    assertThat(parent.isRunning()).isFalse();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(bpg.listBranches("shop")).hasSize(3));
  }

  @Test
  void ofABranchOfASnapshotAreThoseSinceTheSnapshotWhateverTheParentDid() throws Exception {
    Snapshot snapshot = parent.snapshot("seed");
    execute(parent, "UPDATE notes SET text = 'the parent went on'");
    Branch branch = snapshot.newBranch().create();
    assertThat(rows(branch)).isEmpty();
    change(branch);
    assertThat(rows(branch)).containsExactlyInAnyOrder("- {text=before}", "+ {text=mine}");
  }

  @Test
  void doNotCountWhatARewindTookBack() throws Exception {
    Branch branch = parent.snapshot("seed").newBranch().createTemporary();
    branch.mark("a");
    change(branch);
    branch.rewindTo("a");
    assertThat(rows(branch)).isEmpty();
  }

  @Test
  void doNotCountWhatWasMasked() throws Exception {
    parent.runAfterClone(CloneScript.of("UPDATE notes SET text = 'masked'"));
    Branch branch = parent.branch().fast().create();
    assertThat(rows(branch)).isEmpty();
    change(branch);
    assertThat(rows(branch)).containsExactlyInAnyOrder("- {text=masked}", "+ {text=mine}");
  }

  @Test
  void areOfNoMainBranchAndNoStoppedOneAndNoOrphan() {
    assertThatThrownBy(() -> rows(library.shop()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot find the changes of shop/main: it is its database's main branch, which was made"
                + " from none\nHINT: ask a branch of it");
    Branch branch = parent.branch().fast().create();
    branch.stop();
    assertThatThrownBy(() -> rows(branch)).isInstanceOf(UnavailableException.class);
    branch.delete();
    assertThatThrownBy(() -> rows(branch)).isInstanceOf(UnavailableException.class);
    parent.delete();
    assertThatThrownBy(() -> rows(branch)).isInstanceOf(NotFoundException.class);
  }

  private static void change(Branch branch) throws Exception {
    execute(branch, "UPDATE notes SET text = 'mine'");
  }

  private static List<String> rows(Branch branch) {
    return branch.changes(DiffOptions.defaults(), ChangesTest::rows);
  }

  private static List<String> rows(BranchDiff diff) {
    assertThat(diff.schema()).isEmpty();
    if (diff.tables().isEmpty()) {
      return List.of();
    }
    try (Stream<RowChange> rows = diff.rows(diff.table("public", "notes").orElseThrow())) {
      return rows.map(RowChange::toString).toList();
    }
  }
}
