package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.BranchBuilder;
import dev.bpg.model.BranchMode;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Load;
import dev.bpg.testing.ShopChecks;
import dev.bpg.testing.Sql;
import java.sql.Connection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Branches of a parent that is being written to. */
@Ability("A branch of a parent under load has every acknowledged commit")
class UnderLoadTest extends EveryStorageContract {

  private static final int BRANCHES = 5;

  @ParameterizedTest
  @EnumSource
  void everyBranchHoldsEveryCommitAcknowledgedBeforeItAndHalfOfNone(BranchMode mode)
      throws Exception {
    Branch parent = parent();
    try (Load load = Load.on(parent)) {
      for (int i = 0; i < BRANCHES; i++) {
        load.awaitCommits(20);
        long acknowledged = load.acknowledged();

        Branch branch = taken(parent, mode);

        long started = load.begun();
        try (Connection connection = branch.dataSource().getConnection()) {
          long rows = Long.parseLong(Sql.query(connection, "SELECT count(*) FROM ledger"));
          assertThat(Sql.query(connection, "SELECT coalesce(max(id), 0) FROM ledger"))
              .isEqualTo(Long.toString(rows));
          assertThat(rows).isBetween(acknowledged, started);
          ShopChecks.assertMoneyIsConstant(connection);
        }
        ShopChecks.assertSound(branch);
        branch.delete();
      }
      load.stop();
    }
    ShopChecks.assertSound(parent);
  }

  private static Branch taken(Branch parent, BranchMode mode) {
    BranchBuilder builder = parent.branch();
    return (mode == BranchMode.FAST ? builder.fast() : builder.consistent()).create();
  }
}
