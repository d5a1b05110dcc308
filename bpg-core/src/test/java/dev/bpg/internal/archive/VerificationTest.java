package dev.bpg.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.bpg.error.CancelledException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.archive.ArchiveFinding.Kind;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.wal.TimelineHistory;
import dev.bpg.internal.wal.WalEvent;
import dev.bpg.internal.wal.WalFormatException;
import dev.bpg.internal.wal.WalPageHeader;
import dev.bpg.internal.wal.WalReader;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import dev.bpg.model.WalCompression;
import dev.bpg.testing.RealStorages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of one server's archive, which has two timelines, each damaged in another way. */
class VerificationTest {

  private static final int MAJOR = 17;
  private static Path original;
  private static long system;

  @TempDir Path folder;
  private WalArchive archive;

  @BeforeAll
  static void archiveTwoTimelines() throws Exception {
    original = RealStorages.inMemory();
    Files.setPosixFilePermissions(original, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (TestServer server = TestServer.create(original, "data", MAJOR)) {
      LocalArchive local = LocalArchive.create(original.resolve("archive"), server.data());
      Map<String, String> settings =
          new HashMap<>(local.archiveSettings(WalCompression.NONE, ArchiveStore.DEFAULT_TIMEOUT));
      server.start(settings);
      system =
          Long.parseUnsignedLong(server.query("SELECT system_identifier FROM pg_control_system()"));
      server.execute("CREATE TABLE t (id int, pad text)");
      fill(server, local, 5);
      server.execute("INSERT INTO t VALUES (-1)");
      // A server that is stopped in peace ends the segment first.
      server.crash();
      Files.createFile(server.data().resolve("recovery.signal"));
      settings.putAll(local.restoreSettings(List.of()));
      settings.put("hot_standby", "off");
      server.start(settings);
      fill(server, local, 3);
      server.query("SELECT pg_backup_start('b', true), pg_backup_stop(false)");
    }
    Files.deleteIfExists(original.resolve("archive/archive.sh"));
    Files.deleteIfExists(original.resolve("archive/restore.sh"));
  }

  private static void fill(TestServer server, LocalArchive archive, int count) throws Exception {
    String last = "";
    for (int i = 0; i < count; i++) {
      server.execute("INSERT INTO t SELECT g, repeat('x', 1000) FROM generate_series(1, 1500) g");
      last = server.switchSegment();
    }
    Path file = archive.folder().resolve(last);
    await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(file));
  }

  @AfterAll
  static void deleteOriginal() throws Exception {
    FolderTree.delete(original);
  }

  @BeforeEach
  void copyArchive() throws IOException {
    for (String name : names(original.resolve("archive"))) {
      Files.copy(original.resolve("archive").resolve(name), folder.resolve(name));
    }
    archive = new WalArchive(LocalArchive.in(folder), TestServer.SEGMENTS);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("0"))
          .sorted()
          .toList();
    }
  }

  private List<ArchiveFinding> verify() {
    List<ArchiveFinding> findings = new ArrayList<>();
    archive.verify(OptionalLong.of(system), findings::add);
    return findings;
  }

  /** The name of a segment of the first timeline, from the oldest on. */
  private String segment(int index) throws IOException {
    return names(original.resolve("archive")).stream()
        .filter(name -> name.startsWith("00000001") && WalSegments.isName(name))
        .toList()
        .get(index);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static Lsn start(String name) {
    return TestServer.SEGMENTS.start(TestServer.SEGMENTS.numberOf(name));
  }

  private void change(String name, int offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));
    bytes[offset]++;
    Files.write(file(name), bytes);
  }

  @Test
  void findsNothingInWhatAServerArchived() throws Exception {
    assertThat(verify()).isEmpty();
    assertThat(names(folder))
        .contains("00000002.history")
        .anyMatch(name -> name.endsWith(".partial"));
    assertThat(WalArchive.identify(LocalArchive.in(folder)))
        .map(WalPageHeader::systemIdentifier)
        .contains(system);
    assertThat(WalArchive.identify(LocalArchive.in(folder)))
        .map(WalPageHeader::segmentSize)
        .contains(TestServer.SEGMENTS.size());
  }

  @Test
  void findsARecordWhoseChecksumIsWrong() throws Exception {
    String name = segment(2);
    byte[] bytes = Files.readAllBytes(file(name));
    int offset = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("xxxxxxxx", 1 << 20);
    change(name, offset);

    assertThat(verify())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.DAMAGED);
              assertThat(finding.file()).isEqualTo(name);
              assertThat(finding.reason())
                  .matches("the checksum of the record at [0-9A-F]+/[0-9A-F]+ is wrong");
            });
  }

  @Test
  void findsDamageWhereverItIs() throws Exception {
    byte[] bytes = Files.readAllBytes(file(segment(2)));
    int used = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("xxxxxxxx");
    Random random = new Random(1);
    int found = 0;
    for (int i = 0; i < 100; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(used)] ^= 1 << random.nextInt(8);
      try {
        new WalReader(TestServer.SEGMENTS, OptionalLong.of(system), event -> {})
            .read(
                TimelineHistory.unknown(1),
                TestServer.SEGMENTS.numberOf(segment(2)),
                new ByteArrayInputStream(damaged));
      } catch (WalFormatException e) {
        found++;
      }
    }
    // The rest fell between records, where nothing is read.
    assertThat(found).isGreaterThan(90);
  }

  @Test
  void findsAPageHeaderThatIsWrong() throws Exception {
    String name = segment(1);
    Lsn page = new Lsn(start(name).value() + 8192);

    change(name, 8192 + 10);
    Lsn wrong = new Lsn(page.value() + 0x10000);
    assertThat(verify())
        .containsExactly(
            new ArchiveFinding(
                Kind.DAMAGED, name, "the page at " + page + " says that it is at " + wrong));
    change(name, 8192);
    assertThat(verify())
        .singleElement()
        .extracting(ArchiveFinding::reason)
        .asString()
        .startsWith("at " + page + " there is no page header of Postgres 14 to 18, but the magic");
    Files.copy(
        original.resolve("archive").resolve(name), file(name), StandardCopyOption.REPLACE_EXISTING);
    change(name, 8192 + 4);
    assertThat(verify())
        .containsExactly(
            new ArchiveFinding(Kind.DAMAGED, name, "the page at " + page + " is on timeline 2"));
  }

  @Test
  void findsFilesOfTheWrongLength() throws Exception {
    Files.write(file(segment(0)), new byte[0]);
    Files.write(file(segment(1)), Arrays.copyOf(Files.readAllBytes(file(segment(1))), 1 << 20));
    Files.write(
        file(segment(3)), Arrays.copyOf(Files.readAllBytes(file(segment(3))), (2 << 20) + 1));

    assertThat(verify())
        .containsExactly(
            new ArchiveFinding(Kind.DAMAGED, segment(0), "it has less than 2097152 bytes"),
            new ArchiveFinding(Kind.DAMAGED, segment(1), "it has less than 2097152 bytes"),
            new ArchiveFinding(Kind.DAMAGED, segment(3), "it has more than 2097152 bytes"));
  }

  @Test
  void findsASegmentUnderAnothersName() throws Exception {
    Files.copy(file(segment(1)), file(segment(2)), StandardCopyOption.REPLACE_EXISTING);

    assertThat(verify())
        .containsExactly(
            new ArchiveFinding(
                Kind.DAMAGED,
                segment(2),
                "the page at " + start(segment(2)) + " says that it is at " + start(segment(1))));
  }

  @Test
  void findsSegmentsOfAnotherServer() throws Exception {
    byte[] bytes = Files.readAllBytes(file(segment(2)));
    bytes[24]++;
    Files.write(file(segment(2)), bytes);

    assertThat(verify())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.FOREIGN);
              assertThat(finding.file()).isEqualTo(segment(2));
              assertThat(finding.reason())
                  .startsWith("it is of the server with the system identifier ")
                  .endsWith(", and the archive is of " + Long.toUnsignedString(system));
            });
    List<ArchiveFinding> findings = new ArrayList<>();
    new WalArchive(LocalArchive.in(folder), WalSegments.OF_16_MIB)
        .verify(OptionalLong.empty(), findings::add);
    assertThat(findings)
        .contains(
            new ArchiveFinding(
                Kind.FOREIGN,
                segment(0),
                "it is of a server with segments of 2097152 bytes, and the archive's have"
                    + " 16777216"));
  }

  @Test
  void findsTheSameSegmentInTwoCompressions() throws Exception {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file(segment(1) + ".gz")))) {
      Files.copy(file(segment(1)), out);
    }

    assertThat(verify())
        .containsExactly(
            new ArchiveFinding(
                Kind.DUPLICATE,
                segment(1) + ".gz",
                "the same file is there with another compression too"));
  }

  @Test
  void findsWhatIsMissing() throws Exception {
    Files.delete(file(segment(1)));
    Files.delete(file(segment(2)));

    assertThat(verify())
        .containsExactly(
            new ArchiveFinding(
                Kind.MISSING,
                segment(1),
                "2 segments, up to "
                    + segment(2)
                    + ", are missing: the WAL from "
                    + start(segment(1))
                    + " to "
                    + start(segment(3))));
  }

  @Test
  void findsWhatIsMissingAcrossTheBoundaryOfLogs() throws Exception {
    for (String name : names(folder)) {
      Files.delete(file(name));
    }
    Files.createFile(file("0000000100000000000007FE"));
    Files.createFile(file("000000010000000100000001"));

    assertThat(verify())
        .filteredOn(finding -> finding.kind() == Kind.MISSING)
        .containsExactly(
            new ArchiveFinding(
                Kind.MISSING,
                "0000000100000000000007FF",
                "2 segments, up to 000000010000000100000000, are missing: the WAL from"
                    + " 0/FFE00000 to 1/200000"));
  }

  @Test
  void findsWhatIsMissingBetweenTimelines() throws Exception {
    String fork =
        names(folder).stream()
            .filter(name -> name.startsWith("00000002000"))
            .findFirst()
            .orElseThrow();
    String beforeFork =
        names(folder).stream()
            .filter(name -> name.startsWith("00000001") && WalSegments.isName(name))
            .reduce((one, next) -> next)
            .orElseThrow();
    Files.delete(file(fork));
    Files.delete(file(beforeFork));

    assertThat(verify())
        .extracting(ArchiveFinding::kind, ArchiveFinding::file)
        .containsExactly(tuple(Kind.MISSING, fork), tuple(Kind.MISSING, beforeFork));
  }

  @Test
  void findsAHistoryThatIsMissingOrDamaged() throws Exception {
    Files.writeString(file("00000002.history"), "nonsense");
    assertThat(verify())
        .extracting(ArchiveFinding::kind, ArchiveFinding::file)
        .contains(tuple(Kind.DAMAGED, "00000002.history"));

    Files.delete(file("00000002.history"));
    assertThat(verify())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.HISTORY_MISSING);
              assertThat(finding.file()).isEqualTo("00000002.history");
            });
  }

  @Test
  void findsDamageOfACompressedForm() throws Exception {
    Programs.require("zstd");
    for (int i = 0; i < 3; i++) {
      String name = segment(i);
      String suffix = i == 1 ? ".zst" : ".gz";
      String[] command = i == 1 ? new String[] {"zstd", "-q", "--rm"} : new String[] {"gzip"};
      List<String> line = new ArrayList<>(List.of(command));
      line.add(file(name).toString());
      assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
      byte[] bytes = Files.readAllBytes(file(name + suffix));
      if (i == 2) {
        bytes = Arrays.copyOf(bytes, bytes.length / 2);
      } else {
        bytes[bytes.length / 2] ^= 0x55;
      }
      Files.write(file(name + suffix), bytes);
    }

    assertThat(verify())
        .extracting(ArchiveFinding::kind, ArchiveFinding::file)
        .containsExactly(
            tuple(Kind.DAMAGED, segment(0) + ".gz"),
            tuple(Kind.DAMAGED, segment(1) + ".zst"),
            tuple(Kind.DAMAGED, segment(2) + ".gz"));
  }

  @Test
  void findsTheLastEventOverTheFork() throws Exception {
    ArchiveInfo info = archive.info();
    Lsn from = info.timelines().get(0).start();
    Lsn end = archive.contiguousEnd(2, from);
    List<WalEvent> events = new ArrayList<>();
    archive.readEvents(2, from, end, events::add);

    assertThat(end).isEqualTo(info.timelines().get(1).end());
    assertThat(events).hasSizeGreaterThan(9);
    assertThat(archive.lastEvent(2, from, end)).contains(events.get(events.size() - 1));
    WalEvent third = events.get(2);
    assertThat(archive.lastEvent(2, from, third.start())).contains(events.get(1));
    assertThat(archive.lastEvent(2, third.end(), third.end())).isEmpty();
    List<WalEvent> one = new ArrayList<>();
    archive.readEvents(2, third.start(), third.end(), one::add);
    assertThat(one).containsExactly(third);
  }

  @Test
  void theEventsBeforeAForkAreInTheNextTimelinesFirstSegmentToo() throws Exception {
    Lsn from = archive.info().timelines().get(0).start();
    Lsn fork = archive.history(2).start();
    List<WalEvent> before = new ArrayList<>();
    archive.readEvents(2, from, fork, before::add);
    // Until the next timeline's first segment is archived, only the older one's may be there.
    long number = TestServer.SEGMENTS.numberAt(fork);
    Files.move(file(TestServer.SEGMENTS.name(2, number)), folder.resolve("next"));
    Lsn end = archive.contiguousEnd(2, from);
    List<WalEvent> without = new ArrayList<>();
    archive.readEvents(2, from, new Lsn(Long.MAX_VALUE), without::add);

    assertThat(end).isEqualTo(TestServer.SEGMENTS.start(number));
    assertThat(without).isEqualTo(before.subList(0, before.size() - 1));
    assertThat(archive.lastEvent(2, from, fork)).contains(without.get(without.size() - 1));

    Files.move(folder.resolve("next"), file(TestServer.SEGMENTS.name(2, number)));
    assertThat(archive.lastEvent(2, from, fork)).contains(before.get(before.size() - 1));
  }

  @Test
  void aDamagedSegmentIsNamedWhenEventsAreRead() throws Exception {
    change(segment(1), 8192 + 10);

    assertThatThrownBy(
            () -> archive.readEvents(1, start(segment(0)), start(segment(4)), event -> {}))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(
            "cannot read the WAL archive " + folder + ": " + segment(1) + ": the page at ")
        .hasMessageEndingWith(
            "\nHINT: restore the file from a copy, or recover to a point before it");
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(this::verify).isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
