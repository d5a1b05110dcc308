package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.model.BranchMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NewBranchDiffTest extends BothKindsContract {

  @ParameterizedTest
  @EnumSource
  void aNewBranchDoesNotDifferFromItsRunningParent(BranchMode mode) throws Exception {
    Branch parent = parent();
    // So that the server has logged some in advance, which a recovering one skips.
    execute(parent, "SELECT nextval('tickets')");
    Branch branch =
        mode == BranchMode.FAST ? parent.branch().fast().create() : parent.branch().create();

    BranchDiff diff = branch.diff(parent, DiffOptions.defaults().allDatabases());

    assertThat(diff.text())
        .isEqualTo(branch.name() + " against " + parent.name() + ": no differences");
    assertThat(diff.isEmpty()).isTrue();
    assertThat(branch.diff(branch).isEmpty()).isTrue();
  }
}
