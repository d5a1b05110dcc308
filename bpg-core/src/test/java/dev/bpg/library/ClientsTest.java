package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.bpg.Branch;
import dev.bpg.internal.postgres.ClientProcesses;
import dev.bpg.testing.Library;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whether anybody is connected to a branch. */
class ClientsTest extends BothKindsContract {

  @Test
  void whoeverIsConnectedIsSeenUntilHeGoes() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("asked").fast().create();
    assertThat(branch.hasClients()).isFalse();
    try (Connection client = branch.dataSource().getConnection()) {
      assertThat(branch.hasClients()).isTrue();
      assertThat(client.isValid(30)).isTrue();
    }
    await().until(() -> !branch.hasClients());
    branch.stop();
    assertThat(branch.hasClients()).isFalse();
    branch.delete();
  }

  @Test
  void clientsThatGoWhileTheyAreLookedAtAreNoError() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("busy").fast().create();
    ExecutorService client = Executors.newSingleThreadExecutor();
    try {
      Future<?> connecting =
          client.submit(
              () -> {
                for (int i = 0; i < 200; i++) {
                  branch.dataSource().getConnection().close();
                }
                return null;
              });
      while (!connecting.isDone()) {
        assertThatCode(() -> ClientProcesses.areGone(library.data(branch), Duration.ZERO))
            .doesNotThrowAnyException();
      }
      connecting.get();
    } finally {
      client.shutdown();
    }
    await().until(() -> !branch.hasClients());
    branch.delete();
  }

  @Test
  void aClusterWithANameIsAskedItself() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("named").setting("cluster_name", "shop").create();
    assertThat(branch.hasClients()).isFalse();
    try (Connection client = branch.dataSource().getConnection()) {
      assertThat(branch.hasClients()).isTrue();
      assertThat(client.isValid(30)).isTrue();
    }
    branch.delete();
  }
}
