package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.BranchPool;
import dev.bpg.TemporaryBranch;
import dev.bpg.model.PoolLimits;
import dev.bpg.testing.Library;
import dev.bpg.testing.TestStorage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools of servers whose processes are not seen from here, and which may end without a word. */
class PoolInDockerTest extends LibraryContract {

  private static final PoolLimits LIMITS =
      PoolLimits.defaults().withReserve(0).withAhead(1).withIdle(Duration.ofMinutes(5));

  private Bpg own;
  private BranchPool pool;

  // One will do: the storage has no part in it.
  @Override
  protected TestStorage storage() {
    return TestStorage.selected().stream()
        .filter(TestStorage::isInDocker)
        .findFirst()
        .orElse(TestStorage.COPY_IN_DOCKER);
  }

  @BeforeEach
  void takeASnapshot() {
    bpg.getBranch(Library.SHOP).snapshot("ready");
    own = Bpg.open(library.config().build());
    pool = own.pool(own.from(Library.SHOP).snapshot("ready"), LIMITS);
  }

  @AfterEach
  void everythingGoesWithItsBpg() throws IOException {
    if (own != null) {
      own.close();
      bpg.listSnapshots().forEach(dev.bpg.Snapshot::delete);
      assertNothingChanged();
    }
  }

  @Test
  void aSessionThatWentWithItsContainerIsNotHandedOut() throws Exception {
    pool.take().close();
    await().until(() -> !new HomeFiles(library.home()).waiting().isEmpty());
    TemporaryBranch branch = pool.take();
    branch.mark("before");
    branch.rewindTo("before"); // The container is killed, which its server cannot tell anybody.
    assertThat(query(branch, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void oneThatWasOnlyReadIsHandedOutAgain() throws Exception {
    TemporaryBranch first = pool.take();
    await().until(() -> !new HomeFiles(library.home()).waiting().isEmpty());
    TemporaryBranch second = pool.take();
    assertThat(query(second, "SELECT count(*) FROM customers")).isNotEqualTo("0");
    String id = second.id();
    second.close();
    await().until(() -> new HomeFiles(library.home()).waiting().contains(id));
    first.close();
  }
}
