package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Branch;
import dev.bpg.config.StorageType;
import dev.bpg.model.SpaceUsage;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Library;
import org.junit.jupiter.api.Test;

class SpaceTest extends EveryStorageContract {

  private static final long MB = 1 << 20;

  @Test
  void aBranchReportsWhatItTakesAlone() {
    SpaceUsage space = bpg.from(Library.SHOP).create().stop().space();

    // ZFS compresses what it counts.
    long least = storage.type() == StorageType.ZFS ? 5 * MB : 20 * MB;
    assertThat(space.referenced()).isGreaterThan(least);
    if (!storage.isSharing()) {
      assertThat(space.used()).isEqualTo(space.referenced());
    } else {
      // Recovery writes some WAL and a few pages.
      assertThat(space.used()).isLessThan(space.referenced() - least / 2);
    }
  }

  @Test
  @Ability("A branch of a large parent takes little space")
  void aBranchOfALargeParentTakesLittle() throws Exception {
    assumeTrue(storage.isSharing(), "a copy takes what its parent takes");
    Branch parent = bpg.from(Library.SHOP).setting("synchronous_commit", "off").create();
    execute(
        parent,
        "CREATE TABLE big AS SELECT i AS id, repeat(md5(i::text), 30) AS body"
            + " FROM generate_series(1, 200000) i");
    // Whoever first reads a row notes on its page that it was committed: not the branch here.
    execute(parent, "VACUUM FREEZE big");
    execute(parent, "CHECKPOINT");

    Branch branch = parent.branch().create();

    assertThat(query(branch, "SELECT count(*) || ' ' || sum(length(body)) FROM big"))
        .isEqualTo("200000 192000000");
    SpaceUsage space = branch.stop().space();
    long least = storage.type() == StorageType.ZFS ? 10 * MB : 200 * MB;
    assertThat(space.referenced()).isGreaterThan(least);
    assertThat(space.used()).isLessThan(space.referenced() / 4);
  }
}
