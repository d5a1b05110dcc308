package dev.bpg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord.Parent;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.BranchRecord.Undo;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.CloneScript;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.WalCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

  @TempDir Path folder;
  private Catalog catalog;

  @BeforeEach
  void open() {
    catalog = new Catalog(folder.resolve("catalog"));
  }

  @Test
  void givesBackWhatItWasGiven() throws IOException {
    BranchRecord full = record("api/dev");
    BranchRecord bare =
        new BranchRecord(
            BranchName.main("api"),
            BranchId.random(),
            Optional.empty(),
            State.READY,
            List.of(),
            "copy",
            "process",
            full.build(),
            ServerSettings.none(),
            new BranchOrigin(BranchMode.CONSISTENT, CloneMethod.INITDB, Instant.now()),
            Instant.now(),
            BranchPolicy.none(),
            Incarnations.none(),
            Optional.empty(),
            OptionalInt.empty());
    assertThat(catalog.claim(full)).isTrue();
    assertThat(catalog.claim(bare)).isTrue();
    assertThat(catalog.find(full.name())).contains(full);
    assertThat(catalog.list("api")).containsExactly(full, bare);
    assertThat(catalog.list("other")).isEmpty();
  }

  @Test
  void givesANameToOneOfManyClaimantsOnly() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Boolean>> claims = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      claims.add(() -> catalog.claim(record("api/dev")));
    }
    int winners = 0;
    for (Future<Boolean> claim : threads.invokeAll(claims)) {
      winners += claim.get() ? 1 : 0;
    }
    threads.shutdown();
    assertThat(winners).isEqualTo(1);
    assertThat(catalog.list()).hasSize(1);
  }

  @Test
  void keepsTheDocumentBeforeTheLast() throws IOException {
    BranchRecord first = record("api/dev");
    catalog.claim(first);
    catalog.replace(first.withPort(1234));
    Path file = file("api/dev");
    assertThat(catalog.find(first.name())).contains(first.withPort(1234));
    assertThat(new BranchJson().read(Files.readAllBytes(Documents.previous(file)), file))
        .isEqualTo(first);
    assertThat(catalog.list()).containsExactly(first.withPort(1234));
  }

  @Test
  void leavesNothingOfARemovedBranch() throws IOException {
    BranchRecord record = record("api/dev");
    catalog.claim(record);
    catalog.replace(record.withPort(1));
    catalog.remove(record);
    assertThat(catalog.find(record.name())).isEmpty();
    assertThat(folder.resolve("catalog")).isEmptyDirectory();
  }

  @Test
  void writesForItsOwnerOnly() throws IOException {
    catalog.claim(record("api/dev"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("api/dev"))))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesATruncatedDocumentAndTellsHowToGetTheOneBeforeItBack() throws IOException {
    BranchRecord record = record("api/dev");
    catalog.claim(record);
    catalog.replace(record.withPort(1));
    Path file = file("api/dev");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 2}) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> catalog.find(record.name()))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "cannot read catalog file %s: it is damaged\nHINT: put the record before it back: mv"
                  + " '%s' '%s'",
              file, Documents.previous(file), file);
    }
  }

  @Test
  void leavesADamagedDocumentOutOfAListing() throws IOException {
    BranchRecord good = record("api/good");
    catalog.claim(good);
    catalog.claim(record("api/bad"));
    Files.writeString(file("api/bad"), "{");
    assertThat(catalog.list()).containsExactly(good);
    assertThat(catalog.list("api")).containsExactly(good);
    assertThat(file("api/bad")).hasContent("{");
  }

  @Test
  void refusesADocumentOfANewerVersion() throws IOException {
    catalog.claim(record("api/dev"));
    Path file = file("api/dev");
    Files.writeString(
        file, Files.readString(file).replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 3"));
    assertThatThrownBy(() -> catalog.find(BranchName.parse("api/dev")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read catalog file %s: it has schema version 3 and this bpg knows versions up to"
                + " 2\nHINT: use the newer bpg that wrote it",
            file);
  }

  @Test
  void sweepsWhatKilledWritersLeftButNotWhatIsBeingWritten() throws IOException {
    catalog.claim(record("api/dev"));
    Path old = file("api/dev").resolveSibling(".writing-old");
    Path young = file("api/dev").resolveSibling(".writing-young");
    Files.writeString(old, "x");
    Files.writeString(young, "x");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(7200)));
    catalog.sweep();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(catalog.list()).hasSize(1);
  }

  private Path file(String name) {
    return folder.resolve("catalog").resolve(name + ".json");
  }

  private static BranchRecord record(String name) {
    return new BranchRecord(
        BranchName.parse(name),
        BranchId.random(),
        Optional.of(new Parent(BranchName.main("api"), BranchId.random())),
        State.CREATING,
        List.of(Undo.DELETE_SECRET, Undo.DELETE_VOLUME, Undo.REMOVE_SERVER),
        "btrfs",
        "process",
        new PostgresBuild(17, "17.11", "embedded"),
        new ServerSettings(Map.of("work_mem", "8MB", "search_path", "\"a b\", c")),
        new BranchOrigin(
            BranchMode.FAST,
            CloneMethod.SNAPSHOT,
            Optional.of("0/16B3748"),
            Optional.of("0/2000000"),
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            Optional.of(BranchId.random().value())),
        Instant.parse("2026-01-02T03:04:05Z"),
        new BranchPolicy(
            Optional.of(Instant.parse("2027-01-02T03:04:05Z")),
            true,
            Optional.of(Duration.ofMinutes(5)),
            true,
            Optional.of(new ArchivePolicy(WalCompression.ZSTD, Duration.ofSeconds(9))),
            List.of(CloneScript.of("SELECT 1"), CloneScript.of("SELECT 'ä'").in("other")),
            Optional.of("0123abcd")),
        new Incarnations(List.of(BranchId.random()), List.of(BranchId.random()), true),
        Optional.of("a-lease"),
        OptionalInt.of(54321));
  }
}
