package dev.bpg.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.wal.TimelineHistory;
import dev.bpg.internal.wal.WalEvent;
import dev.bpg.internal.wal.WalReader;
import dev.bpg.model.Lsn;
import dev.bpg.model.WalCompression;
import dev.bpg.testing.RealStorages;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real servers of every major that archive, and others that recover from their archives. */
class ArchivingServerTest {

  private Path folder;

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createDirectory(RealStorages.inMemory().resolve("100% \"my\" file's"));
    passable(folder.getParent());
  }

  private static void passable(Path path) throws Exception {
    Files.setPosixFilePermissions(
        path, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void deleteFolder() throws Exception {
    FolderTree.delete(folder.getParent());
  }

  @ParameterizedTest
  @CsvSource({"14, GZIP", "15, NONE", "16, ZSTD", "17, GZIP", "18, ZSTD"})
  void everyCommitIsArchivedReadAndRecovered(int major, WalCompression compression)
      throws Exception {
    if (compression == WalCompression.ZSTD) {
      Programs.require("zstd");
    }
    try (TestServer server = TestServer.create(folder, "data", major);
        TestServer base = server.copy(folder, "base", major)) {
      LocalArchive archive = LocalArchive.create(folder.resolve("archive"), server.data());
      server.start(archive.archiveSettings(compression, ArchiveStore.DEFAULT_TIMEOUT));
      Lsn from = Lsn.parse(server.query("SELECT pg_current_wal_lsn()"));
      List<String> segments = load(server);
      String last = segments.get(segments.size() - 1);
      await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> Files.exists(stored(archive, last, compression)));

      // All of them, byte for byte, and no other file.
      for (String segment : segments) {
        try (InputStream content =
            Content.open(archive, new ArchivedFile(segment, compression, 0, Instant.EPOCH))) {
          assertThat(content).hasSameContentAs(Files.newInputStream(wal(server, segment)));
        }
      }
      List<ArchiveFinding> findings = new ArrayList<>();
      new WalArchive(archive, TestServer.SEGMENTS).verify(OptionalLong.empty(), findings::add);
      assertThat(findings).isEmpty();

      List<WalEvent> events = read(archive, segments, compression);
      assertThat(events).filteredOn(WalEvent.RestorePoint.class::isInstance).hasSize(1);
      WalEvent.RestorePoint point =
          (WalEvent.RestorePoint)
              events.stream()
                  .filter(WalEvent.RestorePoint.class::isInstance)
                  .findFirst()
                  .orElseThrow();
      assertThat(point.name()).isEqualTo("half way");
      assertThat(point.end()).isEqualTo(Lsn.parse(server.query("SELECT lsn FROM marks")));
      long committed =
          events.stream()
              .filter(event -> event instanceof WalEvent.TransactionEnd e && e.committed())
              .count();
      assertThat(committed).isGreaterThan(200);

      LocalArchive own = LocalArchive.create(folder.resolve("own"), base.data());
      Files.createFile(base.data().resolve("recovery.signal"));
      Map<String, String> settings =
          new java.util.HashMap<>(
              own.restoreSettings(List.of(RestoreSource.all(archive.folder()))));
      settings.put("recovery_target_name", "half way");
      settings.put("recovery_target_action", "promote");
      // Otherwise the server is ready for reading long before it has recovered.
      settings.put("hot_standby", "off");
      base.start(settings);
      assertThat(base.query("SELECT count(*) FROM t")).isEqualTo("100");
      assertThat(base.query("SELECT pg_is_in_recovery()")).isEqualTo("f");
    }
  }

  private static List<String> load(TestServer server) throws Exception {
    List<String> segments = new ArrayList<>();
    server.execute("CREATE TABLE t (id int, pad text); CREATE TABLE marks (lsn pg_lsn)");
    for (int i = 0; i < 200; i++) {
      server.execute("INSERT INTO t VALUES (" + i + ", repeat('x', 4000))");
      if (i % 40 == 39) {
        segments.add(server.switchSegment());
      }
      if (i == 99) {
        server.execute("INSERT INTO marks SELECT pg_create_restore_point('half way')");
        // A record longer than many pages, and one over the end of a segment.
        server.execute(
            "BEGIN; INSERT INTO t SELECT g, 'y' FROM generate_series(1, 90000) g;" + " ROLLBACK");
        server.query("SELECT pg_logical_emit_message(false, 'p', repeat('z', 20000000))");
      }
    }
    return TestServer.SEGMENTS.between(
        1,
        TestServer.SEGMENTS.start(TestServer.SEGMENTS.numberOf(segments.get(0))),
        TestServer.SEGMENTS.start(
            1 + TestServer.SEGMENTS.numberOf(segments.get(segments.size() - 1))));
  }

  private static List<WalEvent> read(
      LocalArchive archive, List<String> names, WalCompression compression) throws Exception {
    List<WalEvent> events = new ArrayList<>();
    WalReader reader = new WalReader(TestServer.SEGMENTS, OptionalLong.empty(), events::add);
    for (String name : names) {
      try (InputStream content =
          Content.open(archive, new ArchivedFile(name, compression, 0, Instant.EPOCH))) {
        reader.read(TimelineHistory.unknown(1), TestServer.SEGMENTS.numberOf(name), content);
      }
    }
    assertThat(events).isNotEmpty();
    assertThat(events.get(0).time()).isBefore(Instant.now());
    return events;
  }

  private static Path stored(LocalArchive archive, String name, WalCompression compression) {
    return archive.folder().resolve(name + compression.suffix());
  }

  private static Path wal(TestServer server, String name) {
    return server.data().resolve("pg_wal").resolve(name);
  }
}
