package dev.bpg.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.internal.wal.TimelineHistory.Ancestor;
import dev.bpg.model.Lsn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineHistoryTest {

  private static final String TEXT =
      "1\t0/5000028\tbefore 2026-11-21 10:00:00+00\n\n# a comment\n2\t0/9000060\tat restore point\n";

  @Test
  void readsWhereEachTimelineWasLeft() {
    TimelineHistory history = TimelineHistory.parse(4, TEXT);

    assertThat(history)
        .isEqualTo(
            new TimelineHistory(
                4,
                List.of(
                    new Ancestor(1, Lsn.parse("0/5000028")),
                    new Ancestor(2, Lsn.parse("0/9000060")))));
    assertThat(history.start()).isEqualTo(Lsn.parse("0/9000060"));
    assertThat(TimelineHistory.fileName(0x1A)).isEqualTo("0000001A.history");
  }

  @Test
  void knowsWhoseAByteIs() {
    TimelineHistory history = TimelineHistory.parse(4, TEXT);

    assertThat(history.timelineAt(Lsn.parse("0/5000027"))).isEqualTo(1);
    assertThat(history.timelineAt(Lsn.parse("0/5000028"))).isEqualTo(2);
    assertThat(history.timelineAt(Lsn.parse("0/9000060"))).isEqualTo(4);
    assertThat(TimelineHistory.unknown(7).timelineAt(Lsn.parse("0/0"))).isEqualTo(7);
  }

  @Test
  void pagesBeforeItsBeginningMayBeOlder() {
    TimelineHistory history = TimelineHistory.parse(4, TEXT);

    assertThat(history.mayBegin(2, Lsn.parse("0/9000000"))).isTrue();
    assertThat(history.mayBegin(2, Lsn.parse("0/9002000"))).isFalse();
    assertThat(history.mayBegin(4, Lsn.parse("0/9002000"))).isTrue();
    assertThat(history.mayBegin(5, Lsn.parse("0/9000000"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "one\t0/5000028\treason",
        "1\t5000028\treason",
        "4\t0/5000028\tits own",
        "2\t0/5000028\tfirst\n1\t0/6000028\tout of order",
      })
  void refusesWhatPostgresWouldNotWrite(String text) {
    assertThatThrownBy(() -> TimelineHistory.parse(4, text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
