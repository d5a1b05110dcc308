package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandSettingsTest {

  @Test
  void takesTheSettingsOfAServersCommand() {
    assertThat(
            CommandSettings.of(
                List.of("postgres", "-c", "work_mem=8MB", "-c", "search_path=a=b, c")))
        .isEqualTo(Map.of("work_mem", "8MB", "search_path", "a=b, c"));
  }

  @Test
  void takesSettingsWithoutAProgram() {
    assertThat(CommandSettings.of(List.of("-c", "fsync=off"))).isEqualTo(Map.of("fsync", "off"));
  }

  @Test
  void hasNoneWithoutACommand() {
    assertThat(CommandSettings.of(List.of())).isEmpty();
  }

  @Test
  void refusesAnythingElse() {
    for (List<String> command :
        List.of(List.of("sleep", "1"), List.of("postgres", "-c"), List.of("postgres", "-c", "a"))) {
      assertThatThrownBy(() -> CommandSettings.of(command))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "cannot use the command "
                  + String.join(" ", command)
                  + ": a branch's server is started by bpg, which takes settings only\n"
                  + "HINT: write it like postgres -c max_connections=50");
    }
  }
}
