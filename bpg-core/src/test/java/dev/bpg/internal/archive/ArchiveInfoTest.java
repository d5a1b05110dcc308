package dev.bpg.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.wal.TimelineHistory;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import dev.bpg.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveInfoTest {

  @TempDir Path folder;
  private WalArchive archive;

  @BeforeEach
  void openArchive() {
    archive = new WalArchive(LocalArchive.in(folder), WalSegments.OF_16_MIB);
  }

  private void put(String... names) throws IOException {
    for (String name : names) {
      Files.writeString(folder.resolve(name), "12345");
    }
  }

  private String end(int timeline, String from) {
    return archive.contiguousEnd(timeline, Lsn.parse(from)).toString();
  }

  @Test
  void tellsWhatIsThere() throws Exception {
    put(
        "0000000100000000000000FE.gz",
        "0000000100000000000000FF",
        "000000010000000100000000.zst",
        "000000010000000100000000.gz",
        "000000010000000100000003.gz",
        "000000010000000100000006.partial.gz",
        "000000010000000100000003.00000028.backup.gz",
        "00000002.history.gz",
        "000000020000000100000005.gz");

    ArchiveInfo info = archive.info();

    WalGap gap =
        new WalGap(
            "000000010000000100000001",
            "000000010000000100000002",
            Lsn.parse("1/1000000"),
            Lsn.parse("1/3000000"));
    assertThat(info.segments()).isEqualTo(5);
    assertThat(info.bytes()).isEqualTo(9 * 5);
    assertThat(info.oldest()).contains("0000000100000000000000FE");
    assertThat(info.newest()).contains("000000020000000100000005");
    assertThat(info.gaps()).containsExactly(gap);
    assertThat(info.timelines())
        .containsExactly(
            new ArchivedTimeline(
                1,
                4,
                "0000000100000000000000FE",
                "000000010000000100000003",
                Lsn.parse("0/FE000000"),
                Lsn.parse("1/4000000"),
                List.of(gap)),
            new ArchivedTimeline(
                2,
                1,
                "000000020000000100000005",
                "000000020000000100000005",
                Lsn.parse("1/5000000"),
                Lsn.parse("1/6000000"),
                List.of()));
  }

  @Test
  void anEmptyArchiveHoldsNothing() {
    assertThat(archive.info()).isEqualTo(new ArchiveInfo(0, 0, List.of()));
    assertThat(archive.info().oldest()).isEmpty();
    assertThat(archive.info().newest()).isEmpty();
    assertThat(end(1, "0/1000028")).isEqualTo("0/1000028");
  }

  @Test
  void otherFilesAreNotOfTheArchive() throws Exception {
    put(
        "archive.sh",
        ".writing-abcdef",
        "RECOVERYXLOG",
        "0000000100000000000000FF.lz4",
        "0000000100000000000000FF.tmp",
        "0000000100000000000000ff");
    Files.createDirectory(folder.resolve("000000010000000000000001"));
    // No log has a segment of this number when segments are of 16 MiB.
    put("000000010000000000000100");

    assertThat(archive.info()).isEqualTo(new ArchiveInfo(0, 5, List.of()));
  }

  @Test
  void isContiguousUpToTheFirstSegmentThatIsMissing() throws Exception {
    put("0000000100000000000000FE", "0000000100000000000000FF.gz", "000000010000000100000000");
    put("000000010000000100000002");

    assertThat(end(1, "0/FE000028")).isEqualTo("1/1000000");
    assertThat(end(1, "1/FFFFFF")).isEqualTo("1/1000000");
    assertThat(end(1, "1/1000028")).isEqualTo("1/1000028");
    assertThat(end(1, "1/2000000")).isEqualTo("1/3000000");
    assertThat(end(1, "0/FD000028")).isEqualTo("0/FD000028");
    assertThat(end(1, "2/0")).isEqualTo("2/0");
    assertThat(end(2, "0/FE000028")).isEqualTo("0/FE000028");
  }

  @Test
  void goesOnAlongTheTimelinesOfAHistory() throws Exception {
    put("000000010000000000000001", "000000010000000000000002", "000000010000000000000003");
    put("000000020000000000000003", "000000020000000000000004");
    put("000000040000000000000004.gz", "000000040000000000000005");
    Files.writeString(
        folder.resolve("00000004.history"),
        "1\t0/3000100\tno recovery target specified\n\n2\t0/4ABCDEF\tbefore 2026\n");

    assertThat(end(4, "0/1000028")).isEqualTo("0/6000000");
    assertThat(end(4, "0/4000000")).isEqualTo("0/6000000");
    Files.delete(folder.resolve("000000020000000000000003"));
    assertThat(end(4, "0/1000028")).isEqualTo("0/3000100");
    Files.delete(folder.resolve("000000010000000000000003"));
    assertThat(end(4, "0/1000028")).isEqualTo("0/3000000");
    Files.delete(folder.resolve("000000010000000000000001"));
    assertThat(end(4, "0/1000028")).isEqualTo("0/1000028");
  }

  @Test
  void aTimelineWithoutAnySegmentEndsWhereItBegan() throws Exception {
    put("000000010000000000000001", "000000010000000000000002");
    Files.writeString(folder.resolve("00000002.history"), "1\t0/2000100\tpromoted\n");

    assertThat(end(2, "0/1000028")).isEqualTo("0/2000100");
    assertThat(end(2, "0/2000200")).isEqualTo("0/2000200");
    assertThat(archive.history(2))
        .isEqualTo(
            new TimelineHistory(
                2, List.of(new TimelineHistory.Ancestor(1, Lsn.parse("0/2000100")))));
    assertThat(archive.history(3)).isEqualTo(TimelineHistory.unknown(3));
  }

  @Test
  void aDamagedHistoryIsNamed() throws Exception {
    put("00000002.history");

    assertThatThrownBy(() -> archive.history(2))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot read a timeline's history in the WAL archive "
                + folder
                + ": 00000002.history is damaged: not a line of a timeline's history: 12345"
                + "\nHINT: make sure that the folder is there and this process may read and write"
                + " it");
  }

  @Test
  void anArchiveThatIsNotThereIsNotAnEmptyOne() throws Exception {
    Files.delete(folder);

    assertThatThrownBy(() -> archive.info())
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot list the WAL archive "
                + folder
                + ": "
                + folder
                + " does not exist"
                + "\nHINT: make sure that the folder is there and this process may read and write"
                + " it");
    Files.createDirectory(folder);
  }

  @Test
  void aHundredThousandSegmentsFitInto64Megabytes() throws Exception {
    for (int i = 0; i < 100_000; i++) {
      Files.createFile(folder.resolve(WalSegments.OF_16_MIB.name(1, i + i / 1000) + ".gz"));
    }
    try (ChildJvm child =
        ChildJvm.startUnder(List.of("env", "JAVA_TOOL_OPTIONS=-Xmx64m"), Lister.class, folder)) {
      assertThat(child.awaitLine("listed")).startsWith("100000 segments, 99 gaps");
      assertThat(child.awaitLine("cleaned up")).startsWith("100000 segments");
      assertThat(child.awaitExit()).isZero();
    }
  }

  /** Lists an archive in a JVM of its own. */
  static final class Lister {

    private Lister() {}

    /** Takes the folder; says what it found and how long it took. */
    public static void main(String[] arguments) {
      LocalArchive store = LocalArchive.in(Path.of(arguments[0]));
      long begin = System.nanoTime();
      ArchiveInfo info = new WalArchive(store, WalSegments.OF_16_MIB).info();
      System.out.printf(
          "listed %d segments, %d gaps in %d ms%n",
          info.segments(), info.gaps().size(), (System.nanoTime() - begin) / 1_000_000);
      begin = System.nanoTime();
      Cleanup cleanup =
          Cleanup.of(store, WalSegments.OF_16_MIB, Optional.empty(), Optional.empty(), false);
      System.out.printf(
          "cleaned up %d segments in %d ms%n",
          cleanup.files().size(), (System.nanoTime() - begin) / 1_000_000);
    }
  }
}
