package dev.bpg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownDocumentsTest {

  private static final FileTime AN_HOUR_AGO =
      FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS));

  @TempDir Path folder;
  private final KnownDocuments<String> documents = new KnownDocuments<>();
  private Path file;
  private int readings;

  @BeforeEach
  void write() {
    file = folder.resolve("main.json");
  }

  @Test
  void oneThatIsTheSameIsReadOnce() throws IOException {
    put("one", AN_HOUR_AGO);
    assertThat(get()).isEqualTo("one");
    assertThat(get()).isEqualTo("one");
    assertThat(readings).isEqualTo(1);
  }

  @Test
  void oneInItsPlaceIsReadThoughItIsAsLongAndAsOld() throws IOException {
    put("one", AN_HOUR_AGO);
    get();
    Path other = Files.writeString(folder.resolve("other"), "two");
    Files.setLastModifiedTime(other, AN_HOUR_AGO);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(get()).isEqualTo("two");
  }

  @Test
  void oneThatIsWrittenToIsRead() throws IOException {
    put("one", AN_HOUR_AGO);
    get();
    Files.writeString(file, "two");
    assertThat(get()).isEqualTo("two");
  }

  @Test
  void oneThatChangedJustNowIsReadEachTime() throws IOException {
    FileTime now = FileTime.from(Instant.now());
    put("one", now);
    get();
    put("two", now);
    assertThat(get()).isEqualTo("two");
  }

  @Test
  void oneThatIsGoneIsNotKnown() throws IOException {
    put("one", AN_HOUR_AGO);
    get();
    Files.delete(file);
    assertThatThrownBy(this::get).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void ofManyTheOnesThatWereAskedForLastAreKnown() throws IOException {
    put("one", AN_HOUR_AGO);
    get();
    for (int i = 0; i < 1_000; i++) {
      Path other = Files.writeString(folder.resolve("other" + i), "other");
      Files.setLastModifiedTime(other, AN_HOUR_AGO);
      documents.get(other, () -> "other");
    }
    get();
    assertThat(readings).isEqualTo(2);
  }

  private void put(String text, FileTime modified) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, modified);
  }

  private String get() throws IOException {
    return documents.get(
        file,
        () -> {
          readings++;
          return Files.readString(file);
        });
  }
}
