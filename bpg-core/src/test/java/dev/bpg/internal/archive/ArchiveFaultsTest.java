package dev.bpg.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.bpg.error.StartFailedException;
import dev.bpg.internal.archive.ArchiveFinding.Kind;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.model.WalCompression;
import dev.bpg.testing.RealStorages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong around a real server's archive. */
class ArchiveFaultsTest {

  private static final int MAJOR = 17;
  private static final int RUNS = 12;
  private static final String LAST_ARCHIVED = "SELECT last_archived_wal FROM pg_stat_archiver";
  private static final String FAILURES = "SELECT failed_count FROM pg_stat_archiver";

  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = passable(RealStorages.inMemory());
  }

  private static Path passable(Path path) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void deleteFolder() throws IOException {
    FolderTree.delete(folder);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
  }

  private static Map<String, String> settings(LocalArchive archive) throws IOException {
    return archive.archiveSettings(WalCompression.GZIP, ArchiveStore.DEFAULT_TIMEOUT);
  }

  private static List<String> segments(LocalArchive archive) throws IOException {
    try (Stream<Path> files = Files.list(archive.folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".sh"))
          .sorted()
          .toList();
    }
  }

  private static void write(TestServer server) throws Exception {
    server.execute("CREATE TABLE IF NOT EXISTS t (id bigint, pad text)");
    server.execute("INSERT INTO t SELECT g, md5(g::text) FROM generate_series(1, 5000) g");
  }

  private static String archiveOne(TestServer server, LocalArchive archive) throws Exception {
    write(server);
    String segment = server.switchSegment();
    // Its file is there before archive.sh is done with it.
    soon().until(() -> server.query(LAST_ARCHIVED).equals(segment));
    assertThat(archive.folder().resolve(segment + ".gz")).exists();
    return segment;
  }

  private static List<ArchiveFinding> verify(LocalArchive archive) {
    List<ArchiveFinding> findings = new ArrayList<>();
    new WalArchive(archive, TestServer.SEGMENTS).verify(OptionalLong.empty(), findings::add);
    return findings;
  }

  @Test
  void aSecondServerOnOneArchiveIsRefusedAndItsWalKept() throws Exception {
    try (TestServer first = TestServer.create(folder, "first", MAJOR);
        TestServer second = TestServer.create(folder, "second", MAJOR)) {
      LocalArchive archive = LocalArchive.create(folder.resolve("archive"), first.data());
      first.start(settings(archive));
      String last = archiveOne(first, archive);
      List<String> before = segments(archive);
      second.start(settings(archive));
      write(second);
      String refused = second.switchSegment();

      soon().until(() -> !second.query(FAILURES).equals("0"));

      assertThat(second.log())
          .anyMatch(line -> line.contains("is there already with other content"));
      assertThat(second.query("SELECT archived_count FROM pg_stat_archiver")).isEqualTo("0");
      assertThat(second.data().resolve("pg_wal").resolve(refused)).exists();
      assertThat(segments(archive)).isEqualTo(before);
      assertThat(verify(archive)).isEmpty();

      // What the first one has not archived yet cannot be told by its content.
      String next = TestServer.SEGMENTS.name(1, TestServer.SEGMENTS.numberOf(last) + 1);
      second.crash();
      Shell.Result result =
          Shell.DASH.run(
              folder,
              archive.folder().resolve("archive.sh"),
              second.data().resolve("pg_wal").resolve(refused).toString(),
              next);
      assertThat(result).isEqualTo(Shell.Result.SUCCESS);
      assertThat(verify(archive))
          .extracting(ArchiveFinding::kind, ArchiveFinding::file)
          .containsExactly(tuple(Kind.FOREIGN, next + ".gz"));
    }
  }

  @Test
  void aServerThatCrashesGoesOnWhereItWas() throws Exception {
    try (TestServer server = TestServer.create(folder, "data", MAJOR)) {
      LocalArchive archive = LocalArchive.create(folder.resolve("archive"), server.data());
      server.start(settings(archive));
      archiveOne(server, archive);
      write(server);
      server.switchSegment();
      server.crash();
      server.start(settings(archive));
      archiveOne(server, archive);
      server.stop();
      server.start(settings(archive));
      archiveOne(server, archive);

      assertThat(server.query(FAILURES)).isEqualTo("0");
      assertThat(new WalArchive(archive, TestServer.SEGMENTS).info().gaps()).isEmpty();
      assertThat(verify(archive)).isEmpty();
    }
  }

  @Test
  void aDamagedFileEndsTheRecoveryInsteadOfCuttingItShort() throws Exception {
    try (TestServer server = TestServer.create(folder, "data", MAJOR);
        TestServer base = server.copy(folder, "base", MAJOR)) {
      LocalArchive archive = LocalArchive.create(folder.resolve("archive"), server.data());
      server.start(settings(archive));
      archiveOne(server, archive);
      String damaged = archiveOne(server, archive);
      archiveOne(server, archive);
      Path file = archive.folder().resolve(damaged + ".gz");
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
      Files.createFile(base.data().resolve("recovery.signal"));
      LocalArchive own = LocalArchive.create(folder.resolve("own"), base.data());
      Map<String, String> settings =
          new HashMap<>(own.restoreSettings(List.of(RestoreSource.all(archive.folder()))));
      settings.put("hot_standby", "off");

      assertThatThrownBy(() -> base.start(settings))
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining(
              "bpg: cannot restore "
                  + damaged
                  + ": "
                  + file
                  + " is damaged, or its content could not be written");

      Files.write(file, bytes);
      base.start(settings);
      assertThat(base.query("SELECT count(*) FROM t")).isEqualTo("15000");
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void aScriptThatIsKilledLeavesNoHalfSegment(Shell shell) throws Exception {
    LocalArchive archive = LocalArchive.create(folder.resolve("archive"), folder);
    settings(archive);
    Path script = archive.folder().resolve("archive.sh");
    byte[] content = new byte[2 << 20];
    new Random(7).nextBytes(content);
    Path source = Files.write(folder.resolve("source"), content);
    Random random = new Random(8);
    int killed = 0;
    for (int i = 0; i < RUNS; i++) {
      String name = TestServer.SEGMENTS.name(1, i);
      Process process = shell.start(folder, script, source.toString(), name);
      process.waitFor(random.nextInt(120), TimeUnit.MILLISECONDS);
      List<ProcessHandle> children = process.descendants().toList();
      killed += process.isAlive() ? 1 : 0;
      process.destroyForcibly().waitFor();
      children.forEach(ProcessHandle::destroyForcibly);

      Path stored = archive.folder().resolve(name + ".gz");
      if (Files.exists(stored)) {
        assertSame(archive, name, content);
      }
      assertThat(shell.run(folder, script, source.toString(), name))
          .isEqualTo(Shell.Result.SUCCESS);
      assertSame(archive, name, content);
    }
    assertThat(killed).isPositive();
    assertThat(new WalArchive(archive, TestServer.SEGMENTS).info().segments()).isEqualTo(RUNS);
  }

  private static void assertSame(LocalArchive archive, String name, byte[] content)
      throws IOException {
    try (var stored =
        Content.open(archive, new ArchivedFile(name, WalCompression.GZIP, 0, Instant.EPOCH))) {
      assertThat(stored.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void aFullDiskKeepsTheWalAndNothingIsLost() throws Exception {
    Path tiny = passable(RealStorages.onTiny());
    try (TestServer server = TestServer.create(folder, "data", MAJOR)) {
      LocalArchive archive = LocalArchive.create(tiny.resolve("archive"), server.data());
      server.start(settings(archive));
      archiveOne(server, archive);
      List<String> before = segments(archive);
      Path ballast = fill(tiny.resolve("ballast"));
      write(server);
      String kept = server.switchSegment();

      soon().until(() -> !server.query(FAILURES).equals("0"));
      assertThat(server.log())
          .anyMatch(
              line ->
                  line.endsWith("its copy could not be written to " + archive.folder())
                      || line.endsWith("no file can be made in " + archive.folder()));
      // The server tries again every second, and each try has a file of its own for a moment.
      soon().untilAsserted(() -> assertThat(segments(archive)).isEqualTo(before));
      assertThat(server.data().resolve("pg_wal").resolve(kept)).exists();
      assertThat(server.data().resolve("pg_wal/archive_status").resolve(kept + ".ready")).exists();

      Files.delete(ballast);
      archiveOne(server, archive);
      assertThat(segments(archive)).contains(kept + ".gz");
      assertThat(verify(archive)).isEmpty();
    } finally {
      FolderTree.delete(tiny);
    }
  }

  private static Path fill(Path ballast) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
      return ballast;
    }
  }
}
