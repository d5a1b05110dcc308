package dev.bpg.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import dev.bpg.model.SnapshotRetention;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetentionRuleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final SnapshotRetention NONE = SnapshotRetention.everything();

  private static List<String> expired(SnapshotRetention retention, String... times) {
    return RetentionRule.expired(
            Stream.of(times).map(Instant::parse).toList(), Function.identity(), retention, BERLIN)
        .stream()
        .map(Instant::toString)
        .toList();
  }

  @Test
  void withoutARuleAllStay() {
    assertThat(expired(NONE, "2026-01-01T00:00:00Z", "2020-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void theNewestStay() {
    assertThat(
            expired(
                NONE.keepLast(1),
                "2026-01-02T00:00:00Z",
                "2026-01-03T00:00:00Z",
                "2026-01-01T00:00:00Z"))
        .containsExactly("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
  }

  @Test
  void theNewestOfEachDayStaysAndDaysAreThoseOfTheZone() {
    // 23:30 UTC is the next day in Berlin.
    assertThat(
            expired(
                NONE.keepDaily(2),
                "2026-01-01T10:00:00Z",
                "2026-01-01T12:00:00Z",
                "2026-01-01T23:30:00Z",
                "2026-01-02T10:00:00Z"))
        .containsExactly("2026-01-01T10:00:00Z", "2026-01-01T23:30:00Z");
  }

  @Test
  void periodsWithoutOneDoNotCount() {
    assertThat(expired(NONE.keepWeekly(2), "2026-01-05T10:00:00Z", "2026-06-01T10:00:00Z"))
        .isEmpty();
  }

  @Test
  void theHourThatClocksShowTwiceIsTwoHours() {
    assertThat(expired(NONE.keepHourly(2), "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"))
        .isEmpty();
  }

  @Test
  void oneStaysIfAnyRuleKeepsIt() {
    assertThat(
            expired(
                NONE.keepLast(1).keepMonthly(2),
                "2026-01-10T10:00:00Z",
                "2026-01-20T10:00:00Z",
                "2026-02-10T10:00:00Z"))
        .containsExactly("2026-01-10T10:00:00Z");
  }

  @Test
  void negativeNumbersAreRefused() {
    assertThatThrownBy(() -> NONE.keepDaily(-1))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot keep snapshots of a schedule: a number is negative\n"
                + "HINT: give numbers from 0 on");
  }
}
