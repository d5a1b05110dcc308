package dev.bpg.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void timesAreThoseOfTheZone() {
    CronTimes daily = CronTimes.parse("0 3 * * *", BERLIN, NOW);

    assertThat(daily.next(NOW)).contains(Instant.parse("2026-06-02T01:00:00Z"));
    assertThat(daily.next(Instant.parse("2026-12-01T12:00:00Z")))
        .contains(Instant.parse("2026-12-02T02:00:00Z"));
  }

  @Test
  void ofSeveralThatWereMissedTheLastIsMadeUpFor() {
    CronTimes hourly = CronTimes.parse("0 * * * *", BERLIN, NOW);

    assertThat(hourly.missed(NOW.minusSeconds(10_000), NOW.plusSeconds(5))).contains(NOW);
    assertThat(hourly.missed(NOW, NOW.plusSeconds(5))).isEmpty();
    assertThat(hourly.missed(NOW.minusSeconds(1), NOW)).contains(NOW);
  }

  @Test
  void anExpressionThatNeverFiresIsRefused() {
    assertThatThrownBy(() -> CronTimes.parse("0 0 30 2 *", BERLIN, NOW))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot schedule \"0 0 30 2 *\": ")
        .hasMessageContaining("\nHINT: write five fields: minute, hour, day of month, month, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "every day", "0 0 0 0 0", "61 * * * *", "* * * * * *"})
  void whatIsNoExpressionIsRefused(String text) {
    assertThatThrownBy(() -> CronTimes.parse(text, BERLIN, NOW))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot schedule \"" + text + "\": ");
  }

  @Test
  void aTimeThatTheClocksSkipComesLaterAndOneThatTheyRepeatComesOnce() {
    CronTimes nightly = CronTimes.parse("30 2 * * *", BERLIN, NOW);

    // The clocks go from 2 to 3 on March 29, and from 3 back to 2 on October 25.
    assertThat(nightly.next(Instant.parse("2026-03-28T12:00:00Z")))
        .contains(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(nightly.next(Instant.parse("2026-03-29T01:10:00Z")))
        .contains(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(nightly.next(Instant.parse("2026-03-29T01:30:00Z")))
        .contains(Instant.parse("2026-03-30T00:30:00Z"));
    assertThat(nightly.next(Instant.parse("2026-10-24T12:00:00Z")))
        .contains(Instant.parse("2026-10-25T00:30:00Z"));
    assertThat(nightly.next(Instant.parse("2026-10-25T00:30:00Z")))
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void whatWasMissedAroundAChangeOfTheClocksIsFoundOnce() {
    CronTimes nightly = CronTimes.parse("30 2 * * *", BERLIN, NOW);
    Instant march = Instant.parse("2026-03-28T12:00:00Z");
    Instant october = Instant.parse("2026-10-24T12:00:00Z");

    assertThat(nightly.missed(march, Instant.parse("2026-03-29T01:10:00Z"))).isEmpty();
    assertThat(nightly.missed(march, Instant.parse("2026-03-29T01:30:00Z")))
        .contains(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(nightly.missed(october, Instant.parse("2026-10-25T00:29:59Z"))).isEmpty();
    // In the repeated hour, before and after its own half past two.
    for (String time :
        new String[] {"2026-10-25T00:30:00Z", "2026-10-25T01:10:00Z", "2026-10-25T01:50:00Z"}) {
      assertThat(nightly.missed(october, Instant.parse(time)))
          .contains(Instant.parse("2026-10-25T00:30:00Z"));
    }
  }

  @Test
  void whatFiresEveryHalfHourGoesOnThroughASkippedHour() {
    CronTimes often = CronTimes.parse("*/30 * * * *", BERLIN, NOW);

    assertThat(often.next(Instant.parse("2026-03-29T00:30:00Z")))
        .contains(Instant.parse("2026-03-29T01:00:00Z"));
    assertThat(often.next(Instant.parse("2026-03-29T01:00:00Z")))
        .contains(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(often.missed(NOW.minusSeconds(3600), NOW)).contains(NOW);
  }
}
