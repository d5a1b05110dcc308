package dev.bpg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderTest {

  private Surroundings process;

  @BeforeEach
  void surroundings(@TempDir Path temp) {
    process = new Surroundings(temp);
  }

  @Test
  void everyMethodReachesItsValue() {
    BpgConfig config =
        process
            .builder()
            .home(Path.of("home"))
            .storage(StorageType.BTRFS)
            .storagePath(Path.of("/volumes"))
            .server(ServerType.PROCESS)
            .startTimeout(Duration.ofMinutes(5))
            .stopTimeout(Duration.ofMillis(1))
            .processBinaries(Path.of("../pg"))
            .processUser("postgres")
            .processCache(Path.of("cache"))
            .version(17)
            .setting("work_mem", "1MB")
            .database("api", DatabaseConfig.empty().withVersion(16).withSetting("fsync", "off"))
            .build();

    assertThat(config.home()).isEqualTo(process.working.resolve("home"));
    assertThat(config.storage()).isEqualTo(StorageType.BTRFS);
    assertThat(config.storagePath()).isEqualTo(Path.of("/volumes"));
    assertThat(config.server()).isEqualTo(ServerType.PROCESS);
    assertThat(config.startTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.stopTimeout()).isEqualTo(Duration.ofMillis(1));
    assertThat(config.processBinaries()).contains(process.working.resolveSibling("pg"));
    assertThat(config.processUser()).contains("postgres");
    assertThat(config.processCache()).isEqualTo(process.working.resolve("cache"));
    assertThat(config.version()).hasValue(17);
    assertThat(config.settings().values()).containsEntry("work_mem", "1MB");
    assertThat(config.databases()).containsOnlyKeys("api");
  }

  @Test
  void aDatabaseHasItsOwnVersionAndSettingsBeforeThoseOfAll() {
    BpgConfig config =
        process
            .builder()
            .version(17)
            .setting("work_mem", "1MB")
            .setting("fsync", "off")
            .database("api", DatabaseConfig.empty().withVersion(16).withSetting("work_mem", "2MB"))
            .build();

    assertThat(config.database("api").version()).hasValue(16);
    assertThat(config.database("api").settings().values())
        .containsEntry("work_mem", "2MB")
        .containsEntry("fsync", "off");
    assertThat(config.database("other").version()).hasValue(17);
    assertThat(config.database("other").settings()).isEqualTo(config.settings());
  }

  @Test
  void aConfigurationDoesNotChangeWithItsBuilder() {
    BpgConfigBuilder builder = process.builder();
    BpgConfig config = builder.build();
    builder.version(18).database("api", DatabaseConfig.empty());

    assertThat(config.version()).isEmpty();
    assertThat(config.databases()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 19, -1})
  void refusesAVersionThatBpgDoesNotRun(int version) {
    String message =
        "cannot use the major version %1$d: %1$d is not a version that bpg runs\n"
            + "HINT: use a number from 14 to 18";

    assertThatThrownBy(() -> process.builder().version(version))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message.formatted(version));
    assertThatThrownBy(() -> DatabaseConfig.empty().withVersion(version))
        .hasMessage(message.formatted(version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT8760H0.001S"})
  void refusesATimeoutOutOfRange(String duration) {
    assertThatThrownBy(() -> process.builder().startTimeout(Duration.parse(duration)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the time-out "
                + duration
                + ": "
                + duration
                + " is out of range\nHINT: use a duration of more than zero and at most 365 days,"
                + " such as 500ms, 60s, 2m, 1h or PT90S");
    assertThatThrownBy(() -> process.builder().stopTimeout(Duration.parse(duration)))
        .isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b"})
  void refusesAUserNameThatCannotBe(String user) {
    assertThatThrownBy(() -> process.builder().processUser(user))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the user name \""
                + user
                + "\": \""
                + user
                + "\" is not a user name\n"
                + "HINT: use the name of a user of this machine, such as postgres");
  }

  @Test
  void refusesABadDatabaseName() {
    assertThatThrownBy(() -> process.builder().database("a/b", DatabaseConfig.empty()))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot use the database name \"a/b\": it has a character outside");
  }
}
