package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.config.BpgConfig;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;

/** What cannot be run, and that nothing is left of it. */
class RefusalTest {

  private final Bpg bpg = Bpg.shared();
  private final DockerImageName image = RealDocker.image(17);

  @BeforeEach
  void makeParent() {
    Api.in(bpg);
  }

  @AfterEach
  void nothingIsLeft() {
    Api.awaitNoBranches(bpg);
  }

  @Test
  void aSourceThatDoesNotExist() {
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/nothing", image)) {
      assertThatThrownBy(container::start)
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "cannot find branch api/nothing: it does not exist\n"
                  + "HINT: list what exists with Branches.list()");
    }
  }

  @Test
  void aSourceThatIsNoName() {
    assertThatThrownBy(() -> new BranchedPostgreSQLContainer("api"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("api");
  }

  @Test
  void anotherMajorVersion() {
    DockerImageName other = RealDocker.image(16);
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/main", other)) {
      assertThatThrownBy(container::start)
          .isInstanceOf(UnavailableException.class)
          .hasMessageMatching(
              "cannot find Postgres 17: the image postgres:16 has Postgres 16[.0-9]*\n"
                  + "HINT: name an image with Postgres 17, such as postgres:17");
    }
  }

  @Test
  void anImageWithoutPostgres() {
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer(
            "api/main", DockerImageName.parse("bpg-test/no-postgres"))) {
      assertThatThrownBy(container::start)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("it has no postgres and initdb")
          .hasMessageContaining("HINT: ");
    }
  }

  @Test
  void anImageThatSortsOtherwise() throws Exception {
    Branch sorted = bpg.getBranch("api/main").branch().named("sorted").fast().create();
    try (Connection connection = sorted.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE COLLATION german (provider = icu, locale = 'de')");
      statement.execute("CREATE TABLE words (word text COLLATE german PRIMARY KEY)");
      statement.execute("UPDATE pg_collation SET collversion = '1' WHERE collname = 'german'");
    }
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/sorted", image)) {
      assertThatThrownBy(container::start)
          .isInstanceOf(RefusedException.class)
          .hasMessageMatching(
              "(?s)cannot branch api/sorted: Postgres 17.* may sort text otherwise than Postgres"
                  + " 17\\.11 \\(embedded\\), which made its indexes: in the SQL database postgres,"
                  + " words_pkey has the collation german of version 1, here it is .*\n"
                  + "HINT: make the database with server.type: docker, or with the locale C");
      assertThat(container.isRunning()).isFalse();
    } finally {
      sorted.delete();
    }
  }

  @Test
  void aSettingThatPostgresRefuses() {
    try (BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/main", image)
            .withCommand("postgres", "-c", "work_mem=lots")) {
      assertThatThrownBy(container::start)
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining("invalid value for parameter \"work_mem\": \"lots\"");
    }
  }

  @Test
  void aDaemonThatIsNotThere() throws Exception {
    Map<String, String> nowhere = Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock");
    long began = System.nanoTime();
    try (OtherJvm jvm = OtherJvm.start(nowhere, image.toString(), "false", "2")) {
      assertThat(jvm.said())
          .isEqualTo(
              "cannot use Docker: the Docker daemon at unix:///nowhere/docker.sock is not there:"
                  + " its socket does not exist"
                  + " HINT: start Docker, or name another daemon with DOCKER_HOST");
    }
    assertThat(System.nanoTime() - began).isLessThan(20_000_000_000L);
  }

  @Test
  void foldersThatTheDaemonDoesNotSee() {
    Path folder = TestHome.folder(Path.of(RealDocker.hidden()));
    try (Bpg hidden = Bpg.open(BpgConfig.builder().home(folder.resolve("home")).build())) {
      Api.in(hidden);
      try (BranchedPostgreSQLContainer container =
          new BranchedPostgreSQLContainer("api/main", image).withBpg(hidden)) {
        assertThatThrownBy(container::start)
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("does not see bpg's folders")
            .hasMessageContaining("HINT: use a daemon of this machine");
        assertThat(Api.branches(hidden)).isEmpty();
      } finally {
        hidden.deleteDatabase("api");
      }
    } finally {
      TestHome.delete(folder);
    }
  }
}
