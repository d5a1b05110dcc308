package dev.bpg.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import dev.bpg.model.WalCompression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of a branch that left its parent at 0/3000100, and its parent's. */
class ArchiveChainTest {

  private static final Lsn FORK = Lsn.parse("0/3000100");

  @TempDir Path folder;
  private ArchiveChain chain;

  @BeforeEach
  void fill() throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path parent = Files.createDirectory(folder.resolve("parent"));
    put(own, "00000002.history.x", "000000020000000000000003", "000000020000000000000004");
    Files.writeString(own.resolve("00000002.history"), "1\t" + FORK + "\tbefore the accident\n");
    put(parent, "000000010000000000000001", "000000010000000000000002", "000000010000000000000003");
    put(parent, "000000010000000000000004", "000000020000000000000003", "00000002.history");
    chain =
        new ArchiveChain(
            List.of(
                RestoreSource.all(own),
                RestoreSource.upTo(parent, 1, FORK, WalSegments.OF_16_MIB)));
  }

  private static void put(Path folder, String... names) throws IOException {
    for (String name : names) {
      Files.writeString(folder.resolve(name), folder.getFileName().toString());
    }
  }

  @Test
  void hasWhatTheServerWouldBeGiven() throws Exception {
    List<ArchivedFile> files = new ArrayList<>();
    chain.list(files::add);
    Map<String, String> contents = new TreeMap<>();
    for (ArchivedFile file : files) {
      try (var content = chain.open(file)) {
        contents.put(
            file.storedName(), new String(content.readAllBytes(), StandardCharsets.UTF_8).strip());
      }
    }

    assertThat(contents)
        .containsExactly(
            Map.entry("000000010000000000000001", "parent"),
            Map.entry("000000010000000000000002", "parent"),
            Map.entry("000000010000000000000003", "parent"),
            Map.entry("00000002.history", "1\t" + FORK + "\tbefore the accident"),
            Map.entry("000000020000000000000003", "own"),
            Map.entry("000000020000000000000004", "own"));
    ArchivedFile hidden =
        new ArchivedFile("000000010000000000000004", WalCompression.NONE, 0, Instant.EPOCH);
    assertThatThrownBy(() -> chain.open(hidden)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void isContiguousFromTheParentsWalIntoTheOwn() {
    WalArchive archive = new WalArchive(chain, WalSegments.OF_16_MIB);

    assertThat(archive.contiguousEnd(2, Lsn.parse("0/1000028"))).isEqualTo(Lsn.parse("0/5000000"));
    assertThat(archive.contiguousEnd(1, Lsn.parse("0/1000028"))).isEqualTo(Lsn.parse("0/4000000"));
  }

  @Test
  void anArchiveThatIsNotThereIsNamed() throws Exception {
    ArchiveChain broken =
        new ArchiveChain(
            List.of(
                RestoreSource.all(folder.resolve("own")),
                RestoreSource.all(folder.resolve("gone"))));

    assertThatThrownBy(() -> new WalArchive(broken, WalSegments.OF_16_MIB).info())
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(
            "cannot list the WAL archive "
                + folder.resolve("own")
                + " and "
                + folder.resolve("gone")
                + ": "
                + folder.resolve("gone")
                + " does not exist");
  }
}
