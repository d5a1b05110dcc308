package dev.bpg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TemplateKeysTest {

  @Test
  void templatesAreKeptForAWeekUpTo10GiB() {
    assertThat(BpgConfig.builder().build().templates())
        .isEqualTo(new TemplateConfig(Duration.ofDays(7), 10L << 30));
  }

  @Test
  void refusesATimeInWhichATemplateCouldBeInUse() {
    assertThatThrownBy(() -> TemplateConfig.defaults().withUnusedFor(Duration.ofMinutes(59)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot keep templates for PT59M: PT59M is out of range\n"
                + "HINT: use a duration of 1 hour to 365 days, such as 168h or P7D");
    assertThatThrownBy(() -> TemplateConfig.defaults().withMaxSize(-1))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot keep templates of -1 bytes: -1 is negative\n"
                + "HINT: use a number of bytes, or one with k, m or g, such as 512m");
  }
}
