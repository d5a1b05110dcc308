package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Branch;
import dev.bpg.model.SpaceUsage;
import dev.bpg.testing.Library;
import org.junit.jupiter.api.Test;

class SpaceTest extends EveryStorageContract {

  private static final long MB = 1 << 20;

  @Test
  void aBranchReportsWhatItTakesAlone() {
    SpaceUsage space = bpg.from(Library.SHOP).create().stop().space();

    assertThat(space.referenced()).isGreaterThan(20 * MB);
    if (!storage.isSharing()) {
      assertThat(space.used()).isEqualTo(space.referenced());
    } else {
      // Recovery writes some WAL and a few pages.
      assertThat(space.used()).isLessThan(space.referenced() - 10 * MB);
    }
  }

  @Test
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
    assertThat(space.referenced()).isGreaterThan(200 * MB);
    assertThat(space.used()).isLessThan(space.referenced() / 4);
  }
}
