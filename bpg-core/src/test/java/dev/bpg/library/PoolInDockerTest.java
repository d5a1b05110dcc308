package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.TemporaryBranch;
import dev.bpg.testing.TestStorage;
import org.junit.jupiter.api.Test;

/** Pools of servers whose processes are not seen from here, and which may end without a word. */
class PoolInDockerTest extends PoolContract {

  @Override
  protected TestStorage storage() {
    return TestStorage.anyInDocker();
  }

  @Test
  void aSessionThatWentWithItsContainerIsNotHandedOut() throws Exception {
    TemporaryBranch branch = waiting();
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
