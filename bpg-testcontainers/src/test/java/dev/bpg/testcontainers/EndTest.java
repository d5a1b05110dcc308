package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import dev.bpg.Bpg;
import dev.bpg.Branch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/** What becomes of containers whose JVM ends, without Ryuk. */
class EndTest {

  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Bpg bpg = Bpg.shared();
  private final DockerImageName image = RealDocker.image(17);

  @BeforeEach
  void makeParent() {
    Api.in(bpg);
  }

  @Test
  void nothingIsLeftOfAKilledJvm() throws Exception {
    try (OtherJvm jvm = OtherJvm.start(Map.of(), image.toString(), "false", "2")) {
      assertThat(jvm.said()).endsWith("[1, 2]");
      Branch branch = bpg.getBranch(Api.branches(bpg).get(0));
      assertThat(containers("dev.bpg.id", branch.id())).hasSize(1);
      jvm.kill();
      await()
          .atMost(BOUND)
          .until(
              () -> Api.branches(bpg).isEmpty() && containers("dev.bpg.id", branch.id()).isEmpty());
    }
    Api.awaitNoBranches(bpg);
  }

  @Test
  void nothingIsLeftOfAJvmThatIsKilledInTheMiddleOfAStart() throws Exception {
    try (OtherJvm jvm = OtherJvm.start(Map.of(), image.toString(), "false")) {
      assertThat(jvm.said()).isEqualTo("the container runs");
      assertThat(ofHome()).hasSize(1);
      assertThat(Api.branches(bpg)).isEmpty();
      jvm.kill();
      await().atMost(BOUND).until(() -> ofHome().isEmpty());
    }
    Api.awaitNoBranches(bpg);
  }

  @Test
  void oneThatIsToBeUsedAgainIsMadeAnewIfItsStartWasCutOff() throws Exception {
    try (OtherJvm jvm = OtherJvm.start(Map.of(), image.toString(), "true")) {
      assertThat(jvm.said()).isEqualTo("the container runs");
      jvm.kill();
    }
    try (BranchedPostgreSQLContainer fresh =
        new BranchedPostgreSQLContainer("api/main", image).withReuse(true)) {
      fresh.start();
      assertThat(Api.items(fresh)).containsExactly("1");
      assertThat(ofHome()).hasSize(1);
    }
    Api.awaitNoBranches(bpg);
  }

  @Test
  void nothingIsLeftOfAJvmThatEnds() throws Exception {
    try (OtherJvm jvm = OtherJvm.start(Map.of(), image.toString(), "false", "2")) {
      jvm.said();
      Branch branch = bpg.getBranch(Api.branches(bpg).get(0));
      jvm.end();
      await()
          .atMost(BOUND)
          .until(
              () -> Api.branches(bpg).isEmpty() && containers("dev.bpg.id", branch.id()).isEmpty());
    }
  }

  @Test
  void oneThatIsUsedAgainOutlivesItsJvms() throws Exception {
    String container;
    try (OtherJvm jvm = OtherJvm.start(Map.of(), image.toString(), "true", "2")) {
      String said = jvm.said();
      assertThat(said).endsWith("[1, 2]");
      container = said.substring(0, said.indexOf(' '));
      jvm.kill();
    }
    try (OtherJvm jvm = OtherJvm.start(Map.of(), image.toString(), "true", "3")) {
      assertThat(jvm.said()).isEqualTo(container + " [1, 2, 3]");
      jvm.kill();
    }
    List<String> branches = Api.branches(bpg);
    assertThat(branches).singleElement().asString().startsWith("api/reuse-");
    try (BranchedPostgreSQLContainer again =
        new BranchedPostgreSQLContainer("api/main", image).withReuse(true)) {
      again.start();
      assertThat(again.getContainerId()).isEqualTo(container);
      assertThat(Api.items(again)).containsExactly("1", "2", "3");
    }
    assertThat(Api.branches(bpg)).isEmpty();
  }

  @Test
  void oneThatWasStoppedIsNotUsedAgain() throws Exception {
    try (OtherJvm jvm = OtherJvm.start(Map.of(), image.toString(), "true", "2")) {
      jvm.said();
      jvm.kill();
    }
    bpg.getBranch(Api.branches(bpg).get(0)).stop();
    try (BranchedPostgreSQLContainer fresh =
        new BranchedPostgreSQLContainer("api/main", image).withReuse(true)) {
      fresh.start();
      assertThat(Api.items(fresh)).containsExactly("1");
    }
    assertThat(Api.branches(bpg)).isEmpty();
  }

  private static List<?> ofHome() {
    return containers("dev.bpg.home", System.getProperty("bpg.home"));
  }

  private static List<?> containers(String label, String value) {
    DockerClient client = DockerClientFactory.lazyClient();
    return client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(label, value))
        .exec();
  }
}
