package dev.bpg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import dev.bpg.model.WalCompression;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveKeysTest {

  private Surroundings process;

  @BeforeEach
  void surroundings(@TempDir Path temp) {
    process = new Surroundings(temp);
  }

  @Test
  void everyKeyReachesItsValueAndADatabaseTakesOverWhatItDoesNotSay() {
    BpgConfig config =
        process.load(
            """
            archive: {compression: zstd, timeout: 5m}
            databases:
              api:
                archive: {enabled: on, timeout: 10s}
                afterClone: /etc/mask.sql, ~/roles.sql, sql/more.sql
              web.archive.compression: none
            """);

    ArchiveConfig said =
        ArchiveConfig.none()
            .withCompression(WalCompression.ZSTD)
            .withTimeout(Duration.ofMinutes(5));
    assertThat(config.archive()).isEqualTo(said);
    assertThat(config.database("other").archive()).isEqualTo(said);
    assertThat(config.database("other").afterClone()).isEmpty();
    assertThat(config.database("api").archive())
        .isEqualTo(said.withEnabled(true).withTimeout(Duration.ofSeconds(10)));
    assertThat(config.database("web").archive())
        .isEqualTo(said.withCompression(WalCompression.NONE));
    assertThat(config.database("api").afterClone())
        .containsExactly(
            Path.of("/etc/mask.sql"),
            process.userHome.resolve("roles.sql"),
            process.working.resolve("sql/more.sql"));
  }

  @Test
  void nothingIsSaidByDefault() {
    assertThat(process.load("").archive()).isEqualTo(ArchiveConfig.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "archive.enabled: maybe | \"maybe\" is not on or off | use on or off",
        "archive.compression: lz4 | \"lz4\" is not one of its values | use none, gzip or zstd",
        "archive.timeout: soon | \"soon\" is not a duration"
            + " | use whole seconds, such as 60s, or 0s for never",
        "archive.timeout: 1500ms | PT1.5S is negative, not in whole seconds, or too long"
            + " | use whole seconds, such as 60s, or 0s for never",
        "databases.api.afterClone: a.sql,,b.sql | \"\" is not a path"
            + " | use paths of SQL files, separated by commas: absolute, beginning with ~/, or"
            + " relative to the file's folder",
        "archive: on | it is a section and has no value of its own"
            + " | set one of the keys below it: archive.enabled, archive.compression,"
            + " archive.timeout",
        "databases.api.archive: on | it is a section and has no value of its own"
            + " | set one of the keys below it: databases.api.archive.enabled,"
            + " databases.api.archive.compression, databases.api.archive.timeout",
        "archive.enable: on | there is no such key | did you mean archive.enabled?",
        "databases.api.archive.timeuot: 1s | there is no such key"
            + " | did you mean databases.api.archive.timeout?",
        "databases.api.afterclone: a.sql | there is no such key"
            + " | did you mean databases.api.afterClone?"
      })
  void refusesWhatReachesNothing(String line, String reason, String hint) {
    assertThatThrownBy(() -> process.load(line))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(": " + reason + "\nHINT: " + hint);
  }
}
