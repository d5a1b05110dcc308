package dev.bpg.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoverySettingsTest {

  @Test
  void aRecoveryToTheEndLetsNobodyInAndWaitsForNothing() {
    assertThat(RecoverySettings.toTheEnd())
        .isEqualTo(
            Map.of(
                "recovery_target",
                "",
                "recovery_target_name",
                "",
                "recovery_target_time",
                "",
                "recovery_target_xid",
                "",
                "recovery_target_lsn",
                "",
                "recovery_target_timeline",
                "current",
                "hot_standby",
                "off",
                "recovery_min_apply_delay",
                "0"));
  }

  @Test
  void aRecoveryToATimeWaitsForNothingEither() {
    Map<String, String> settings =
        RecoverySettings.to(
            new RecoveryTarget.AtTime(Instant.parse("2026-01-02T03:04:05.678901Z")));
    assertThat(settings)
        .containsEntry("recovery_min_apply_delay", "0")
        .containsEntry("recovery_target_time", "2026-01-02 03:04:05.678901+00")
        .containsEntry("recovery_target_action", "promote");
    assertThat(settings.keySet())
        .as("a target that is set to nothing has to come before the one that counts")
        .containsSubsequence("recovery_target_lsn", "recovery_target_time")
        .containsSubsequence("recovery_target_xid", "recovery_target_time");
  }
}
