package dev.bpg.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import dev.bpg.model.WalCompression;
import dev.bpg.testing.Library;
import dev.bpg.testing.RealStorages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts as Postgres runs them, in each shell and with each shell's own programs. */
class ArchiveScriptTest {

  private static final String NAME = "000000010000000A000000FF";
  private static final Duration TIMEOUT = ArchiveStore.DEFAULT_TIMEOUT;

  private final byte[] content = new byte[1 << 20];
  private Path folder;
  private LocalArchive archive;
  private Path source;

  @BeforeEach
  void makeArchive() throws IOException {
    folder = Files.createDirectory(RealStorages.anywhere().resolve("100% \"my\" file's"));
    archive = LocalArchive.create(folder.resolve("archive"), folder);
    source = folder.resolve("segment");
    new Random(1).nextBytes(content);
    Files.write(source, content);
  }

  @AfterEach
  void deleteFolder() throws IOException {
    Library.delete(folder.getParent());
  }

  private static Stream<Arguments> shellsAndCompressions() {
    return Arrays.stream(Shell.values())
        .flatMap(
            shell ->
                Arrays.stream(WalCompression.values())
                    .filter(compression -> shell.can(compression))
                    .map(compression -> Arguments.of(shell, compression)));
  }

  private Shell.Result archive(Shell shell, Path file, String name) throws Exception {
    return shell.run(folder, folder.resolve("archive/archive.sh"), file.toString(), name);
  }

  private Shell.Result restore(Shell shell, String name) throws Exception {
    Path script = folder.resolve("archive/restore.sh");
    return shell.run(folder, script, name, folder.resolve("restored").toString());
  }

  private List<String> archived() throws IOException {
    try (Stream<Path> files = Files.list(archive.folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".sh"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shellsAndCompressions")
  void archivesOnceAndRestoresTheSameBytes(Shell shell, WalCompression compression)
      throws Exception {
    archive.archiveSettings(compression, TIMEOUT);
    archive.restoreSettings(List.of());

    assertThat(archive(shell, source, NAME)).isEqualTo(Shell.Result.SUCCESS);
    assertThat(archived()).containsExactly(NAME + compression.suffix());
    assertThat(restore(shell, NAME)).isEqualTo(Shell.Result.SUCCESS);
    assertThat(folder.resolve("restored")).hasBinaryContent(content);
  }

  @ParameterizedTest
  @MethodSource("shellsAndCompressions")
  void theSameFileAgainIsASuccessWhateverItsCompression(Shell shell, WalCompression compression)
      throws Exception {
    archive.archiveSettings(compression, TIMEOUT);
    archive(shell, source, NAME);
    for (WalCompression next : WalCompression.values()) {
      archive.archiveSettings(next, TIMEOUT);

      if (shell.can(next)) {
        assertThat(archive(shell, source, NAME)).isEqualTo(Shell.Result.SUCCESS);
      }
      assertThat(archived()).containsExactly(NAME + compression.suffix());
    }
  }

  @ParameterizedTest
  @MethodSource("shellsAndCompressions")
  void anotherFileOfTheSameNameIsRefusedAndNothingOverwritten(
      Shell shell, WalCompression compression) throws Exception {
    archive.archiveSettings(compression, TIMEOUT);
    archive(shell, source, NAME);
    byte[] before = Files.readAllBytes(archive.folder().resolve(NAME + compression.suffix()));
    content[content.length - 1]++;
    Path other = Files.write(folder.resolve("other"), content);

    assertThat(archive(shell, other, NAME))
        .isEqualTo(
            new Shell.Result(
                1,
                "bpg: cannot archive "
                    + NAME
                    + ": "
                    + archive.folder().resolve(NAME + compression.suffix())
                    + " is there already with other content; it was left as it is\n"));
    assertThat(archived()).containsExactly(NAME + compression.suffix());
    assertThat(archive.folder().resolve(NAME + compression.suffix())).hasBinaryContent(before);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void ofManyAtOnceOneFileIsLeft(Shell shell) throws Exception {
    archive.archiveSettings(WalCompression.GZIP, TIMEOUT);
    Path script = archive.folder().resolve("archive.sh");
    content[0]++;
    Path other = Files.write(folder.resolve("other"), content);
    List<Process> same = new ArrayList<>();
    List<Process> different = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      same.add(shell.start(folder, script, source.toString(), NAME));
      different.add(shell.start(folder, script, other.toString(), NAME));
    }

    int first = statusOfAll(same);
    int second = statusOfAll(different);

    // Whose content is there has succeeded each time, and the others each time not.
    assertThat(List.of(first, second)).containsExactlyInAnyOrder(0, 4);
    assertThat(archived()).containsExactly(NAME + ".gz");
    assertThat(archive(shell, first == 0 ? source : other, NAME)).isEqualTo(Shell.Result.SUCCESS);
  }

  private static int statusOfAll(List<Process> processes) throws Exception {
    int sum = 0;
    for (Process process : processes) {
      sum += process.waitFor();
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void aDamagedFileOfTheSameNameIsNoSuccess(Shell shell) throws Exception {
    archive.archiveSettings(WalCompression.GZIP, TIMEOUT);
    archive(shell, source, NAME);
    Path stored = archive.folder().resolve(NAME + ".gz");
    byte[] bytes = Files.readAllBytes(stored);
    // The checksum at the end: all of the content comes out all the same.
    bytes[bytes.length - 6]++;
    Files.write(stored, bytes);

    Shell.Result result = archive(shell, source, NAME);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).endsWith(stored + " is there already, and damaged\n");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void aHistoryAndABackupFileGoThereToo(Shell shell) throws Exception {
    archive.archiveSettings(WalCompression.GZIP, TIMEOUT);
    for (String name : List.of("00000002.history", NAME + ".00000028.backup", NAME + ".partial")) {
      assertThat(archive(shell, source, name)).isEqualTo(Shell.Result.SUCCESS);
    }
    assertThat(archived())
        .containsExactly(NAME + ".00000028.backup.gz", NAME + ".partial.gz", "00000002.history.gz");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void aMissingCompressorIsNamed(Shell shell) throws Exception {
    archive.archiveSettings(WalCompression.ZSTD, TIMEOUT);
    Path script = archive.folder().resolve("archive.sh");
    Files.writeString(script, Files.readString(script).replace("zstd", "zstandard"));

    assertThat(archive(shell, source, NAME))
        .isEqualTo(
            new Shell.Result(
                1,
                "bpg: cannot archive "
                    + NAME
                    + ": the program zstandard is not installed where the server runs\n"));
    assertThat(archived()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void anArchiveThatIsNotThereIsAFailureAndNotTheEndOfTheWal(Shell shell) throws Exception {
    archive.archiveSettings(WalCompression.GZIP, TIMEOUT);
    Path gone = folder.resolve("gone");
    archive.restoreSettings(List.of(RestoreSource.all(gone)));
    Path script = Files.move(archive.folder().resolve("archive.sh"), folder.resolve("moved.sh"));
    Files.writeString(script, Files.readString(script).replace("/archive'", "/gone'"));

    assertThat(shell.run(folder, script, source.toString(), NAME))
        .isEqualTo(
            new Shell.Result(
                1, "bpg: cannot archive " + NAME + ": the folder " + gone + " is not there\n"));
    assertThat(restore(shell, NAME))
        .isEqualTo(
            new Shell.Result(
                200,
                "bpg: cannot restore "
                    + NAME
                    + ": the folder "
                    + gone
                    + " is not there or cannot be read\n"));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void aFileThatNoArchiveHasIsTheEndOfTheWal(Shell shell) throws Exception {
    archive.restoreSettings(List.of());
    for (String name : List.of(NAME, "00000002.history", "../segment", "RECOVERYXLOG", "")) {
      assertThat(restore(shell, name)).isEqualTo(new Shell.Result(1, ""));
    }
    assertThat(folder.resolve("restored")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("shellsAndCompressions")
  void aDamagedFileEndsTheRecoveryWithAnError(Shell shell, WalCompression compression)
      throws Exception {
    if (compression == WalCompression.NONE) {
      // The server itself checks what is not compressed.
      return;
    }
    archive.archiveSettings(compression, TIMEOUT);
    archive.restoreSettings(List.of());
    archive(shell, source, NAME);
    Path stored = archive.folder().resolve(NAME + compression.suffix());
    Files.write(stored, Arrays.copyOf(Files.readAllBytes(stored), content.length / 2));

    Shell.Result result = restore(shell, NAME);

    assertThat(result.status()).isEqualTo(200);
    assertThat(result.errors())
        .contains(stored + " is damaged, or its content could not be written: ");
    assertThat(folder.resolve("restored")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void anAncestorsArchiveIsReadUpToTheForkAndAfterTheOwn(Shell shell) throws Exception {
    LocalArchive ancestor = LocalArchive.create(folder.resolve("ancestor"), folder);
    archive.restoreSettings(List.of(new RestoreSource(ancestor.folder(), Optional.of(NAME))));
    Files.writeString(ancestor.folder().resolve("000000010000000A000000FE"), "ancestor's FE");
    Files.writeString(ancestor.folder().resolve(NAME), "ancestor's FF");
    Files.writeString(ancestor.folder().resolve("000000010000000B00000000"), "ancestor's B");
    Files.writeString(ancestor.folder().resolve("00000001.history"), "ancestor's 1");
    Files.writeString(ancestor.folder().resolve("00000002.history"), "ancestor's 2");
    Files.writeString(archive.folder().resolve(NAME), "own");

    assertThat(restored(shell, "000000010000000A000000FE")).isEqualTo("0 ancestor's FE");
    assertThat(restored(shell, NAME)).isEqualTo("0 own");
    assertThat(restored(shell, "000000010000000B00000000")).isEqualTo("1 ");
    assertThat(restored(shell, "00000001.history")).isEqualTo("0 ancestor's 1");
    assertThat(restored(shell, "00000002.history")).isEqualTo("1 ");
  }

  private String restored(Shell shell, String name) throws Exception {
    Path restored = folder.resolve("restored");
    Files.deleteIfExists(restored);
    int status = restore(shell, name).status();
    return status + " " + (Files.exists(restored) ? Files.readString(restored) : "");
  }

  @Test
  void theSettingsAreThoseOfPostgres() throws Exception {
    LocalArchive plain = LocalArchive.create(folder.getParent().resolve("plain"), folder);

    assertThat(plain.archiveSettings(WalCompression.NONE, TIMEOUT))
        .isEqualTo(
            Map.of(
                "archive_mode",
                "on",
                "archive_command",
                "/bin/sh '" + plain.folder() + "/archive.sh' \"%p\" \"%f\"",
                "archive_timeout",
                "60"));
    assertThat(plain.restoreSettings(List.of()))
        .isEqualTo(
            Map.of("restore_command", "/bin/sh '" + plain.folder() + "/restore.sh' \"%f\" \"%p\""));
    assertThat(archive.restoreSettings(List.of()).get("restore_command"))
        .isEqualTo(
            "/bin/sh '"
                + folder.getParent()
                + "/100%% \"my\" file'\\''s/archive/restore.sh' \"%f\" \"%p\"");
  }

  @Test
  void aPathThatPostgresWouldCutOffIsRefused() {
    LocalArchive deep = LocalArchive.in(folder.resolve(("d".repeat(230) + "/").repeat(5)));

    assertThatThrownBy(() -> deep.restoreSettings(List.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot archive WAL in "
                + deep.folder()
                + ": its path is too long for a command of Postgres"
                + "\nHINT: set BPG_HOME to a folder with a short and plain path");
  }
}
