package dev.bpg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpaceLimitsTest {

  @Test
  void keepsWhatIsGiven() {
    SpaceLimits limits = SpaceLimits.none().withQuota(2).withReservation(2);
    assertThat(limits).isEqualTo(new SpaceLimits(OptionalLong.of(2), OptionalLong.of(2)));
    assertThat(limits.isNone()).isFalse();
    assertThat(SpaceLimits.none().isNone()).isTrue();
  }

  @Test
  void refusesWhatIsNotPositive() {
    assertThatThrownBy(() -> SpaceLimits.none().withQuota(0))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the quota 0 bytes: it is not positive\nHINT: give a number of bytes");
    assertThatThrownBy(() -> SpaceLimits.none().withReservation(-1))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the reservation -1 bytes: it is not positive\n"
                + "HINT: give a number of bytes");
  }

  @Test
  void refusesAReservationBeyondTheQuota() {
    assertThatThrownBy(() -> SpaceLimits.none().withReservation(3).withQuota(2))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot reserve 3 bytes: it is more than the quota of 2 bytes\n"
                + "HINT: reserve at most the quota");
  }
}
