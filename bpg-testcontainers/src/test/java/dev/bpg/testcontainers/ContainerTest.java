package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.model.CloneScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** Containers of a parent that runs as a process. */
class ContainerTest {

  private final Bpg bpg = Bpg.shared();
  private final DockerImageName image = RealDocker.image(17);
  private Branch main;

  @BeforeEach
  void makeParent() {
    main = Api.in(bpg).main();
  }

  private BranchedPostgreSQLContainer container() {
    return new BranchedPostgreSQLContainer("api/main", image);
  }

  @Test
  void hasItsParentsDataAndNothingElseInCommon() throws Exception {
    try (BranchedPostgreSQLContainer one = container();
        BranchedPostgreSQLContainer other = container()) {
      one.start();
      other.start();
      Api.run(one, "INSERT INTO items VALUES (2)");
      assertThat(Api.items(one)).containsExactly("1", "2");
      assertThat(Api.items(other)).containsExactly("1");
      assertThat(Api.items(main)).containsExactly("1");
      assertThat(Api.branches(bpg))
          .containsExactlyInAnyOrder(one.branch().name(), other.branch().name());
      assertThat(one.branch().build().origin()).startsWith("docker:" + image);
    }
    Api.awaitNoBranches(bpg);
  }

  @Test
  void takesTheVersionOfAParentThatNoImageMade() throws Exception {
    try (BranchedPostgreSQLContainer container = new BranchedPostgreSQLContainer("api/main")) {
      container.start();
      assertThat(container.getDockerImageName()).isEqualTo("postgres:17");
      assertThat(Api.items(container)).containsExactly("1");
    }
  }

  @Test
  void branchesAParentThatIsStopped() throws Exception {
    Branch stopped = main.branch().named("stopped").fast().create().stop();
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/stopped", image)) {
      container.start();
      assertThat(Api.items(container)).containsExactly("1");
      assertThat(stopped.isRunning()).isFalse();
    } finally {
      stopped.delete();
    }
  }

  @Test
  void branchesASnapshot() throws Exception {
    Branch parent = main.branch().named("later").fast().create();
    parent.snapshot("empty");
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/later", image).withSnapshot("empty")) {
      try (var connection = parent.dataSource().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("INSERT INTO items VALUES (3)");
      }
      container.start();
      assertThat(Api.items(container)).containsExactly("1");
    } finally {
      parent.forceDelete();
    }
  }

  @Test
  void beginsAnewWhenItIsStartedAgain() throws Exception {
    try (BranchedPostgreSQLContainer container = container()) {
      container.start();
      Api.run(container, "DELETE FROM items");
      container.stop();
      Api.awaitNoBranches(bpg);
      container.start();
      assertThat(Api.items(container)).containsExactly("1");
    }
  }

  @Test
  void isMaskedBeforeAnybodyIsLetIn() throws Exception {
    Branch parent = main.branch().named("private").fast().create();
    parent.runAfterClone(CloneScript.of("UPDATE items SET id = 4"));
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/private", image)) {
      container.start();
      assertThat(Api.items(container)).containsExactly("4");
    } finally {
      parent.forceDelete();
    }
  }

  @Test
  void isPreparedAnewForEachAttempt() {
    AtomicInteger attempts = new AtomicInteger();
    try (BranchedPostgreSQLContainer container =
        container()
            .withStartupAttempts(2)
            .waitingFor(
                new AbstractWaitStrategy() {
                  @Override
                  protected void waitUntilReady() {
                    if (attempts.incrementAndGet() == 1) {
                      throw new IllegalStateException("not this time");
                    }
                  }
                })) {
      container.start();
      assertThat(attempts).hasValue(2);
      assertThat(container.branch().isRunning()).isTrue();
      await().until(() -> Api.branches(bpg).equals(List.of(container.branch().name())));
    }
    Api.awaitNoBranches(bpg);
  }

  @Test
  void doesWhatContainersDo() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    try (BranchedPostgreSQLContainer container =
        container()
            .withUsername("app")
            .withPassword("se'cret")
            .withDatabaseName("shop")
            .withCommand("postgres", "-c", "work_mem=5MB")
            .withUrlParam("ApplicationName", "mine")
            .withEnv("GREETING", "hello")
            .withLabel("of", "a test")
            .withCopyToContainer(
                Transferable.of("copied".getBytes(StandardCharsets.UTF_8)), "/tmp/file")
            .withLogConsumer((OutputFrame frame) -> log.add(frame.getUtf8String()))) {
      container.start();
      assertThat(Api.value(container, "SELECT current_user || ' ' || current_database()"))
          .isEqualTo("app shop");
      assertThat(Api.value(container, "SHOW work_mem")).isEqualTo("5MB");
      assertThat(Api.value(container, "SHOW application_name")).isEqualTo("mine");
      assertThat(container.execInContainer("cat", "/tmp/file").getStdout()).isEqualTo("copied");
      assertThat(container.execInContainer("env").getStdout())
          .contains("GREETING=hello", "PGHOST=/bpg/run");
      assertThat(container.getContainerInfo().getConfig().getLabels())
          .containsEntry("of", "a test")
          .containsEntry("dev.bpg.id", container.branch().id());
      assertThat(container.getContainerInfo().getConfig().getLabels())
          .containsKey("org.testcontainers.sessionId");
      // The log arrives by a connection of its own.
      await().until(() -> String.join("", log).contains("ready to accept connections"));
      assertThat(container.getLogs()).doesNotContain("se'cret");
    }
  }

  @Test
  void runsInitScriptsAndWaitsAsItIsTold() throws Exception {
    try (BranchedPostgreSQLContainer container =
        container()
            .withInitScript("seven.sql")
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1))) {
      container.start();
      assertThat(Api.items(container)).containsExactly("1", "7");
    }
  }

  @Test
  void isFoundByItsAliasInANetwork() throws Exception {
    try (Network network = Network.newNetwork();
        BranchedPostgreSQLContainer server =
            container().withNetwork(network).withNetworkAliases("db");
        BranchedPostgreSQLContainer client = container().withNetwork(network)) {
      server.start();
      client.start();
      // Not by a connection: a machine's own rules may keep containers of another daemon apart.
      String address =
          server
              .getContainerInfo()
              .getNetworkSettings()
              .getNetworks()
              .values()
              .iterator()
              .next()
              .getIpAddress();
      assertThat(client.execInContainer("busybox", "nslookup", "db").getStdout()).contains(address);
    }
  }

  @Test
  void isPublishedOnThisMachineOnly() {
    try (BranchedPostgreSQLContainer container = container()) {
      container.start();
      assertThat(
              container
                  .getContainerInfo()
                  .getNetworkSettings()
                  .getPorts()
                  .getBindings()
                  .values()
                  .iterator()
                  .next())
          .allMatch(binding -> binding.getHostIp().equals("127.0.0.1"));
    }
  }
}
