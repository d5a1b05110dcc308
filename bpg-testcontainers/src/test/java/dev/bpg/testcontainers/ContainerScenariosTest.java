package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.bpg.Bpg;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** What Testcontainers' own tests do with Postgres, done with containers of branches. */
class ContainerScenariosTest {

  private static final List<String> SEEN = new CopyOnWriteArrayList<>();

  private final Bpg bpg = Bpg.shared();
  private final DockerImageName image = RealDocker.image(17);

  @BeforeEach
  void makeParent() {
    Api.in(bpg);
    SEEN.clear();
  }

  @AfterEach
  void nothingIsLeft() {
    Api.awaitNoBranches(bpg);
  }

  private BranchedPostgreSQLContainer container() {
    return new BranchedPostgreSQLContainer("api/main", image);
  }

  @Test
  void aCommandIsTakenAndTakenBack() throws Exception {
    try (BranchedPostgreSQLContainer container =
        container().withCommand("postgres -c max_connections=42")) {
      container.start();
      assertThat(Api.value(container, "SHOW max_connections")).isEqualTo("42");
      container.stop();
      container.withCommand();
      container.start();
      assertThat(Api.value(container, "SHOW max_connections")).isEqualTo("100");
    }
  }

  @Test
  void noInitScriptAndSeveralOfThem() throws Exception {
    try (BranchedPostgreSQLContainer without = container().withInitScript(null);
        BranchedPostgreSQLContainer with = container().withInitScripts("seven.sql", "eight.sql")) {
      Startables.deepStart(without, with).join();
      assertThat(Api.items(without)).containsExactly("1");
      assertThat(Api.items(with)).containsExactly("1", "7", "8");
    }
  }

  @Test
  void anInitScriptThatFailsFailsTheStartAndLeavesNothing() {
    try (BranchedPostgreSQLContainer container = container().withInitScript("failing.sql")) {
      assertThatThrownBy(container::start)
          .hasStackTraceContaining("relation \"nowhere\" does not exist");
      assertThat(container.isRunning()).isFalse();
    }
  }

  @Test
  void theUrlHasWhatIsAskedForAndWhatConnectionsAdd() throws Exception {
    try (BranchedPostgreSQLContainer container =
        container().withUrlParam("ApplicationName", "mine").withUrlParam("tcpKeepAlive", "true")) {
      container.start();
      assertThat(container.getJdbcUrl())
          .startsWith("jdbc:postgresql://localhost:" + container.getMappedPort(5432) + "/postgres?")
          .contains("ApplicationName=mine", "tcpKeepAlive=true");
      try (Connection connection = container.createConnection("?connectTimeout=5")) {
        assertThat(Api.column(connection, "SHOW application_name")).containsExactly("mine");
      }
    }
  }

  @Test
  void exposesItsPortAndWatchesIt() {
    try (BranchedPostgreSQLContainer container = container()) {
      container.start();
      assertThat(container.getExposedPorts()).containsExactly(5432);
      assertThat(container.getLivenessCheckPortNumbers())
          .containsExactly(container.getMappedPort(5432));
      assertThat(container.getDriverClassName()).isEqualTo("org.postgresql.Driver");
    }
  }

  @Test
  void aSecondStartIsNone() throws Exception {
    try (BranchedPostgreSQLContainer container = container()) {
      container.start();
      String id = container.getContainerId();
      Api.run(container, "INSERT INTO items VALUES (2)");
      container.start();
      assertThat(container.getContainerId()).isEqualTo(id);
      assertThat(Api.items(container)).containsExactly("1", "2");
    }
  }

  @Test
  void severalStartAtOnce() throws Exception {
    try (BranchedPostgreSQLContainer one = container();
        BranchedPostgreSQLContainer other = container().dependsOn(one)) {
      Startables.deepStart(other).join();
      assertThat(one.isRunning()).isTrue();
      assertThat(one.getMappedPort(5432)).isNotEqualTo(other.getMappedPort(5432));
      assertThat(Api.items(other)).containsExactly("1");
    }
  }

  @Test
  void aFieldOfAnInstanceIsStartedForEachTest() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(OfEachTest.class))
        .execute()
        .testEvents()
        .assertStatistics(all -> all.succeeded(2).failed(0));
    assertThat(SEEN).hasSize(2).doesNotHaveDuplicates();
  }

  @Testcontainers
  static class OfEachTest {
    @Container
    final BranchedPostgreSQLContainer db =
        new BranchedPostgreSQLContainer("api/main", RealDocker.image(17));

    @RepeatedTest(2)
    void begins() throws Exception {
      SEEN.add(db.getContainerId());
      assertThat(Api.items(db)).containsExactly("1");
      Api.run(db, "DELETE FROM items");
    }
  }
}
