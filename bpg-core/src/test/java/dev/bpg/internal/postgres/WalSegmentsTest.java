package dev.bpg.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalSegmentsTest {

  private static final long MIB = 1024 * 1024;

  @Test
  void readsPostgresNotation() {
    assertThat(Lsn.parse("0/16B3748").value()).isEqualTo(0x16B3748);
    assertThat(Lsn.parse("1A/FFFFFFFF").value()).isEqualTo(0x1AFFFFFFFFL);
    assertThatThrownBy(() -> Lsn.parse("16B3748")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goesFromTheLastSegmentOfALogToTheNextLogsFirst() {
    assertThat(WalSegments.between(1, Lsn.parse("0/FF000028"), Lsn.parse("1/1000000"), 16 * MIB))
        .containsExactly("0000000100000000000000FF", "000000010000000100000000");
  }

  @Test
  void endsWithTheSegmentThatHoldsTheLastByte() {
    assertThat(WalSegments.between(2, Lsn.parse("0/2000028"), Lsn.parse("0/3000000"), 16 * MIB))
        .containsExactly("000000020000000000000002");
    assertThat(WalSegments.between(2, Lsn.parse("0/2000028"), Lsn.parse("0/3000001"), 16 * MIB))
        .containsExactly("000000020000000000000002", "000000020000000000000003");
  }

  @ParameterizedTest
  @CsvSource({
    "1,    0/FFF00000, 000000010000000000000FFF",
    "64,   1/C0000000, 000000010000000100000030",
    "1024, 2/C0000000, 000000010000000200000003",
  })
  void knowsOtherSegmentSizes(long mebibytes, String lsn, String name) {
    Lsn from = Lsn.parse(lsn);
    assertThat(WalSegments.between(1, from, new Lsn(from.value() + 1), mebibytes * MIB))
        .containsExactly(name);
  }
}
