package dev.bpg.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.model.Lsn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What real servers write too seldom for a test; those are in {@code ArchivingServerTest}. */
class WalReaderTest {

  private static final WalSegments SEGMENTS = new WalSegments(1 << 20);
  private static final long FIRST = 0xFFF;
  private static final TimelineHistory TIMELINE = TimelineHistory.unknown(1);

  private final List<WalEvent> events = new ArrayList<>();
  private final WalReader reader = new WalReader(SEGMENTS, OptionalLong.empty(), events::add);
  private final WalWriter writer = new WalWriter(SEGMENTS, FIRST, 4);

  private void read(int index) throws IOException {
    reader.read(TIMELINE, FIRST + index, writer.segment(index));
  }

  private static byte[] behind(byte[] fragment, byte[] rest) {
    return ByteBuffer.allocate(fragment.length + rest.length).put(fragment).put(rest).array();
  }

  @Test
  void findsATimeBehindEveryKindOfHeader() throws Exception {
    byte[] data = WalWriter.commitBody(1_000_001);
    writer.commit(0);
    writer.record(WalRecord.TRANSACTION, 0xA0, behind(new byte[] {(byte) 253, 1, 0}, data));
    writer.record(WalRecord.TRANSACTION, 0x30, behind(new byte[] {(byte) 252, 1, 2, 3, 4}, data));
    byte[] longForm = behind(new byte[] {(byte) 254, 0, 2, 0, 0}, new byte[512]);
    longForm[5] = 5;
    writer.record(WalRecord.TRANSACTION, 0x40, longForm);
    writer.record(WalRecord.TRANSACTION, 0x50, data);
    writer.fill();
    read(0);

    assertThat(events)
        .extracting(event -> ((WalEvent.TransactionEnd) event).committed())
        .containsExactly(true, false, true, false);
    assertThat(events)
        .extracting(WalEvent::time)
        .containsExactly(
            Instant.parse("2000-01-01T00:00:00Z"),
            Instant.parse("2000-01-01T00:00:01.000001Z"),
            Instant.parse("2000-01-01T00:00:01.000001Z"),
            Instant.parse("2000-01-01T00:00:00.000005Z"));
    assertThat(events.get(0).end()).isEqualTo(events.get(1).start());
  }

  @Test
  void putsARecordTogetherThatLiesOnSeveralSegmentsAndLogs() throws Exception {
    writer.commit(0);
    byte[] body = behind(WalWriter.commitBody(7), new byte[(2 << 20) + 500_000]);
    Lsn start = writer.record(WalRecord.TRANSACTION, 0, body);
    Lsn end = writer.position();
    writer.fill();
    read(0);
    assertThat(reader.isInRecord()).isTrue();
    read(1);
    assertThat(events).hasSize(1);
    read(2);

    assertThat(reader.isInRecord()).isFalse();
    assertThat(events).hasSize(2);
    assertThat(events.get(1).start()).isEqualTo(start);
    assertThat(events.get(1).end()).isEqualTo(end);
  }

  @Test
  void beginsWithTheFirstRecordThatBeginsInASegment() throws Exception {
    writer.record(10, 0, new byte[(1 << 20) + 100_000]);
    Lsn commit = writer.commit(3);
    writer.fill();
    read(1);

    assertThat(events).singleElement().extracting(WalEvent::start).isEqualTo(commit);
    assertThat(reader.system()).hasValue(WalWriter.SYSTEM);
  }

  @Test
  void goesOnWhereAServerBeganAnewOverARecordThatItHadNotFinished() throws Exception {
    writer.commit(0);
    writer.cutOffRecord(50_000);
    Lsn after = writer.commit(3);
    writer.fill();
    read(0);

    assertThat(events).hasSize(2);
    assertThat(events.get(1).start()).isEqualTo(after);
  }

  @Test
  void ignoresWhatFollowsASwitchOfSegments() throws Exception {
    writer.commit(0);
    writer.record(WalRecord.XLOG, 0x40, new byte[0]);
    byte[] segment = writer.content(0);
    segment[segment.length - 1] = 1;

    reader.read(TIMELINE, FIRST, new ByteArrayInputStream(segment));

    assertThat(events).hasSize(1);
  }

  @Test
  void refusesARecordThatIsCutOff() throws Exception {
    writer.record(10, 0, new byte[20_000]);
    writer.fill();
    byte[] segment = writer.content(0);
    segment[WalWriter.PAGE + 2] = 0;

    assertThatThrownBy(() -> reader.read(TIMELINE, FIRST, new ByteArrayInputStream(segment)))
        .isInstanceOf(WalFormatException.class)
        .hasMessage("the record that goes on at 0/FFF02000 is cut off");
  }

  @Test
  void refusesARestOfARecordOfAnotherLength() throws Exception {
    writer.record(10, 0, new byte[20_000]);
    writer.fill();
    byte[] segment = writer.content(0);
    segment[WalWriter.PAGE + 16]++;

    assertThatThrownBy(() -> reader.read(TIMELINE, FIRST, new ByteArrayInputStream(segment)))
        .isInstanceOf(WalFormatException.class)
        .hasMessage(
            "the page at 0/FFF02000 goes on with 11873 bytes of a record, and 11872 are missing");
  }

  @Test
  void refusesASegmentWithoutRecords() {
    writer.commit(0);

    assertThatThrownBy(() -> read(0))
        .isInstanceOf(WalFormatException.class)
        .hasMessage("the record at 0/FFF00050 says that it has 0 bytes");
  }

  @Test
  void refusesARecordThatDoesNotFollowTheOneBefore() throws Exception {
    writer.commit(0);
    writer.fill();
    WalWriter other = new WalWriter(SEGMENTS, FIRST + 1, 1);
    Lsn first = other.commit(0);
    other.fill();
    read(0);

    assertThatThrownBy(() -> reader.read(TIMELINE, FIRST + 1, other.segment(0)))
        .isInstanceOf(WalFormatException.class)
        .hasMessage("the record at " + first + " says that the one before it is at 0/0");
    assertThat(reader.isInRecord()).isFalse();
    reader.read(TIMELINE, FIRST + 1, other.segment(0));
    assertThat(events).hasSize(2);
  }

  @Test
  void readsTheSegmentThatATimelineBeginsIn() throws Exception {
    writer.commit(0);
    writer.record(10, 0, new byte[20_000]);
    Lsn fork = writer.position();
    writer.timeline(2).commit(1);
    writer.fill();
    TimelineHistory history = TimelineHistory.parse(2, "1\t" + fork + "\tpromoted");

    reader.read(history, FIRST, writer.segment(0));
    assertThat(events).hasSize(2);
    assertThatThrownBy(
            () ->
                reader.read(
                    TimelineHistory.parse(2, "1\t0/FFF02000\tpromoted"), FIRST, writer.segment(0)))
        .isInstanceOf(WalFormatException.class)
        .hasMessage("the page at 0/FFF02000 is on timeline 1");
  }

  @Test
  void ofAPartialSegmentOnlyTheHeaderCounts() throws Exception {
    writer.commit(0);

    reader.readPartial(TIMELINE, FIRST, writer.segment(0));
    assertThat(events).isEmpty();
    assertThatThrownBy(() -> reader.readPartial(TIMELINE, FIRST + 1, writer.segment(0)))
        .isInstanceOf(WalFormatException.class)
        .hasMessage("the page at 1/0 says that it is at 0/FFF00000");
  }
}
