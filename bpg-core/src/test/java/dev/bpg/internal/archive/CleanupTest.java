package dev.bpg.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {

  private static final List<String> FILES =
      List.of(
          "0000000100000000000000FE.gz",
          "0000000100000000000000FF",
          "0000000100000000000000FF.00000028.backup.gz",
          "000000010000000100000000.gz",
          "000000010000000100000000.zst",
          "000000010000000100000001.partial.gz",
          "00000002.history.gz",
          "000000020000000100000001.gz",
          "000000020000000100000002",
          "archive.sh");

  @TempDir Path folder;
  private LocalArchive archive;

  @BeforeEach
  void fill() throws IOException {
    for (String name : FILES) {
      Files.writeString(folder.resolve(name), "12345");
    }
    archive = LocalArchive.in(folder);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Cleanup clean(String oldestNeeded, boolean dryRun) {
    return Cleanup.of(
        archive,
        WalSegments.OF_16_MIB,
        Optional.of(Lsn.parse(oldestNeeded)),
        Optional.empty(),
        dryRun);
  }

  @Test
  void takesWhatIsBeforeTheSegmentOfThePositionAndKeepsHistories() throws Exception {
    Cleanup cleanup = clean("1/10000F8", false);

    assertThat(cleanup.files())
        .extracting(ArchivedFile::storedName)
        .containsExactly(
            "0000000100000000000000FE.gz",
            "0000000100000000000000FF",
            "0000000100000000000000FF.00000028.backup.gz",
            "000000010000000100000000.gz",
            "000000010000000100000000.zst");
    assertThat(cleanup.bytes()).isEqualTo(25);
    assertThat(left())
        .containsExactly(
            "000000010000000100000001.partial.gz",
            "00000002.history.gz",
            "000000020000000100000001.gz",
            "000000020000000100000002",
            "archive.sh");
    assertThat(clean("1/10000F8", false).files()).isEmpty();
  }

  @Test
  void keepsTheSegmentThatThePositionIsTheFirstOrTheLastByteOf() throws Exception {
    assertThat(clean("0/FF000000", true).files()).hasSize(1);
    assertThat(clean("0/FFFFFFFF", true).files()).hasSize(1);
    assertThat(clean("1/0", true).files()).hasSize(3);
    assertThat(clean("0/0", true).files()).isEmpty();
  }

  @Test
  void aDryRunTakesNothing() throws Exception {
    Cleanup cleanup =
        Cleanup.of(archive, WalSegments.OF_16_MIB, Optional.empty(), Optional.empty(), true);

    assertThat(cleanup.bytes()).isEqualTo(40);
    assertThat(left()).containsExactlyInAnyOrderElementsOf(FILES);
  }

  @Test
  void takesAllButHistoriesWhenNobodyNeedsAny() throws Exception {
    Cleanup.of(archive, WalSegments.OF_16_MIB, Optional.empty(), Optional.empty(), false);

    assertThat(left()).containsExactly("00000002.history.gz", "archive.sh");
  }

  @Test
  void byAgeTakesWhatIsOldUpToTheFirstFileThatIsNotAndNeverWhatIsNeeded() throws Exception {
    Instant limit = Instant.parse("2026-01-01T00:00:00Z");
    for (String name : FILES) {
      Files.setLastModifiedTime(folder.resolve(name), FileTime.from(limit.minusSeconds(1)));
    }
    Files.setLastModifiedTime(folder.resolve("0000000100000000000000FF"), FileTime.from(limit));

    Cleanup cleanup =
        Cleanup.of(
            archive,
            WalSegments.OF_16_MIB,
            Optional.of(Lsn.parse("1/10000F8")),
            Optional.of(limit),
            false);
    assertThat(cleanup.files())
        .extracting(ArchivedFile::storedName)
        .containsExactly("0000000100000000000000FE.gz");

    Cleanup.of(
        archive,
        WalSegments.OF_16_MIB,
        Optional.of(Lsn.parse("1/10000F8")),
        Optional.of(limit.plusSeconds(1)),
        false);
    assertThat(left()).contains("000000020000000100000001.gz", "000000020000000100000002");
  }

  @Test
  void whatIsArchivedMeanwhileStays() throws Exception {
    Cleanup planned = clean("FF/0", true);
    Files.writeString(folder.resolve("000000020000000100000003.gz"), "new");

    archive.delete(planned.files());

    assertThat(left()).contains("000000020000000100000003.gz");
  }

  @Test
  void sweepsWhatKilledScriptsLeftAnHourAgo() throws Exception {
    Path old = Files.createFile(folder.resolve(".writing-abcdef"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
    Path young = Files.createFile(folder.resolve(".writing-ghijkl"));

    clean("0/0", true);
    assertThat(old).exists();
    clean("0/0", false);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }
}
