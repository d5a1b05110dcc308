package dev.bpg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.config.DockerConfig.Bind;
import dev.bpg.error.RefusedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys that begin with docker, and the images of databases. */
class DockerKeysTest {

  private static final String ALL =
      """
      server:
        type: docker
      docker:
        image: pgvector/pgvector:pg17
        network: host
        memory: 512m
        cpus: 1.5
        shmSize: 1g
        binds: /etc/certs:/certs:ro, /srv/import:/import
        environment:
          TZ: Europe/Vienna
          lower_case: 1
      databases:
        maps:
          image: postgis/postgis:16-3.4
      """;

  private Surroundings process;

  @BeforeEach
  void surroundings(@TempDir Path temp) {
    process = new Surroundings(temp);
  }

  @Test
  void everyKeyOfAFileReachesItsValue() {
    BpgConfig config = process.load(ALL);

    assertThat(config.server()).isEqualTo(ServerType.DOCKER);
    DockerConfig docker = config.docker();
    assertThat(docker.image()).contains("pgvector/pgvector:pg17");
    assertThat(docker.network()).isEqualTo("host");
    assertThat(docker.memory()).hasValue(512L << 20);
    assertThat(docker.cpus()).hasValue(1.5);
    assertThat(docker.shmSize()).isEqualTo(1L << 30);
    assertThat(docker.binds())
        .containsExactly(
            new Bind("/etc/certs", "/certs", true), new Bind("/srv/import", "/import", false));
    assertThat(docker.environment()).isEqualTo(Map.of("TZ", "Europe/Vienna", "lower_case", "1"));
    assertThat(config.database("maps").image()).contains("postgis/postgis:16-3.4");
    assertThat(config.database("other").image()).isEmpty();
  }

  @Test
  void variablesAndPropertiesReplaceSingleKeys() {
    process.variables.put("BPG_DOCKER_IMAGE", "postgres:16");
    process.variables.put("BPG_DOCKER_SHM_SIZE", "1048576");
    process.variables.put("BPG_DOCKER_ENVIRONMENT_TZ", "UTC");
    process.properties.put("bpg.docker.network", "tests");

    DockerConfig docker = process.load(ALL).docker();

    assertThat(docker.image()).contains("postgres:16");
    assertThat(docker.shmSize()).isEqualTo(1 << 20);
    assertThat(docker.environment()).containsEntry("TZ", "UTC").containsEntry("lower_case", "1");
    assertThat(docker.network()).isEqualTo("tests");
  }

  @Test
  void everythingHasADefault() {
    DockerConfig docker = process.load().docker();

    assertThat(docker).isEqualTo(DockerConfig.defaults());
    assertThat(docker.image()).isEqualTo(Optional.empty());
    assertThat(docker.network()).isEqualTo("bridge");
    assertThat(docker.memory()).isEmpty();
    assertThat(docker.cpus()).isEmpty();
    assertThat(docker.shmSize()).isEqualTo(256L << 20);
  }

  @Test
  void refusesDockersKeysWhereServersAreToBeProcesses() {
    process.variables.put("BPG_SERVER_TYPE", "process");
    process.variables.put("BPG_DOCKER_IMAGE", "postgres:16");

    assertThatThrownBy(() -> process.load())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the configuration docker: server.type is process, so none of it would have"
                + " an effect\nHINT: set server.type to docker, or leave out what begins with"
                + " docker");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "docker.image | a b | \"a b\" is not the name of an image",
        "docker.image | -rf | \"-rf\" is not the name of an image",
        "docker.network | none | \"none\" is not a network to reach servers by",
        "docker.memory | much | \"much\" is not a size",
        "docker.memory | 0 | \"0\" is not a size",
        "docker.memory | -1 | \"-1\" is not a size",
        "docker.cpus | few | \"few\" is not a number",
        "docker.cpus | 0 | \"0.0 cpus\" is not a number of them",
        "docker.shmSize | 1t | \"1t\" is not a size",
        "docker.binds | /only | \"/only\" is not a pair of paths",
        "docker.binds | /a:/b:rw | \"/a:/b:rw\" is not a pair of paths",
        "docker.binds | a:/b | \"a:/b\" has a path that is not absolute",
        "docker.environment.A=B | 1 | \"A=B\" is not the name of a variable",
        "databases.api.image | : | \":\" is not the name of an image",
      })
  void refusesValuesThatAreNotAllowed(String key, String value, String reason) {
    process.properties.put("bpg." + key, value);

    assertThatThrownBy(() -> process.load())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "cannot read configuration key %s in property bpg.%s: %s\nHINT: use "
                .formatted(key, key, reason));
  }
}
