package dev.bpg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {

  @ParameterizedTest
  @ValueSource(strings = {"0/0", "0/16B3748", "1A/FFFFFFFF", "FFFFFFFF/1"})
  void readsAndWritesPostgresNotation(String text) {
    assertThat(Lsn.parse(text)).hasToString(text);
  }

  @Test
  void countsBytesFromTheBeginning() {
    assertThat(Lsn.parse("0/16B3748").value()).isEqualTo(0x16B3748);
    assertThat(Lsn.parse("1a/ffffffff").value()).isEqualTo(0x1AFFFFFFFFL);
  }

  @Test
  void isOrderedFromTheBeginningOn() {
    assertThat(Lsn.parse("0/FFFFFFFF").isBefore(Lsn.parse("1/0"))).isTrue();
    assertThat(Lsn.parse("7FFFFFFF/0").isBefore(Lsn.parse("80000000/0"))).isTrue();
    assertThat(Lsn.parse("1/0").isBefore(Lsn.parse("1/0"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "16B3748", "0/", "/0", "0/123456789", "-1/0", "0/+1", "0/1 "})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Lsn.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an LSN: " + text);
  }
}
