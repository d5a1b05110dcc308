package dev.bpg.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.model.Lsn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WalSegmentsTest {

  private static final long MIB = 1024 * 1024;
  private static final WalSegments OF_16_MIB = WalSegments.OF_16_MIB;

  @Test
  void goesFromTheLastSegmentOfALogToTheNextLogsFirst() {
    assertThat(OF_16_MIB.between(1, Lsn.parse("0/FF000028"), Lsn.parse("1/1000000")))
        .containsExactly("0000000100000000000000FF", "000000010000000100000000");
    assertThat(OF_16_MIB.name(1, OF_16_MIB.numberOf("0000000100000000000000FF") + 1))
        .isEqualTo("000000010000000100000000");
  }

  @Test
  void endsWithTheSegmentThatHoldsTheLastByte() {
    assertThat(OF_16_MIB.between(2, Lsn.parse("0/2000028"), Lsn.parse("0/3000000")))
        .containsExactly("000000020000000000000002");
    assertThat(OF_16_MIB.between(2, Lsn.parse("0/2000028"), Lsn.parse("0/3000001")))
        .containsExactly("000000020000000000000002", "000000020000000000000003");
  }

  @ParameterizedTest
  @CsvSource({
    "1,    0/FFF00000, 000000010000000000000FFF",
    "64,   1/C0000000, 000000010000000100000030",
    "1024, 2/C0000000, 000000010000000200000003",
  })
  void knowsOtherSegmentSizes(long mebibytes, String lsn, String name) {
    WalSegments segments = new WalSegments(mebibytes * MIB);
    long number = segments.numberAt(Lsn.parse(lsn));
    assertThat(segments.name(1, number)).isEqualTo(name);
    assertThat(segments.numberOf(name)).isEqualTo(number);
    assertThat(segments.start(number)).isEqualTo(Lsn.parse(lsn));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 512 * 1024, 3 * MIB, 2048 * MIB})
  void refusesASizeThatPostgresDoesNotHave(long size) {
    assertThatThrownBy(() -> new WalSegments(size)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesANameThatALogOfThisSegmentSizeDoesNotHave() {
    assertThat(new WalSegments(MIB).numberOf("000000010000000000000100")).isEqualTo(0x100);
    assertThatThrownBy(() -> OF_16_MIB.numberOf("000000010000000000000100"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00000001", "00000001000000000000000g", "00000002.history", "RECOVERYXLOG"})
  void knowsWhatIsNotANameOfASegment(String text) {
    assertThat(WalSegments.isName(text)).isFalse();
  }
}
