package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.ServerType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;

/** Containers of a parent that runs in Docker, in a home of its own. */
class DockerParentTest {

  private final DockerImageName image = RealDocker.image(17);
  private final Path folder = TestHome.folder(Path.of("/var/tmp"));
  private final Bpg bpg =
      Bpg.open(BpgConfig.builder().home(folder.resolve("home")).server(ServerType.DOCKER).build());

  @BeforeEach
  void makeParent() {
    Api.in(bpg);
  }

  @AfterEach
  void close() {
    try (bpg) {
      bpg.deleteDatabase("api");
    } finally {
      TestHome.delete(folder);
    }
  }

  @Test
  void runsInTheImageThatMadeIt() throws Exception {
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/main").withBpg(bpg)) {
      container.start();
      assertThat(Api.items(container)).containsExactly("1");
      assertThat(container.branch().build()).isEqualTo(bpg.getBranch("api/main").build());
      assertThat(container.getContainerInfo().getImageId())
          .isEqualTo(container.branch().container().image());
    }
  }

  @Test
  void runsInAnotherImageThatSortsAlike() throws Exception {
    DockerImageName alpine = DockerImageName.parse(image + "-alpine");
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/main", alpine).withBpg(bpg)) {
      container.start();
      assertThat(Api.items(container)).containsExactly("1");
    }
  }
}
