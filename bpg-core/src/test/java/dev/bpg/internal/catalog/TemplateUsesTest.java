package dev.bpg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateUsesTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private TemplateUses at(Duration afterNoon) {
    return new TemplateUses(folder, Clock.fixed(NOON.plus(afterNoon), ZoneOffset.UTC));
  }

  private void useElsewhere(String database) throws IOException {
    Files.writeString(folder.resolve(database), "/somewhere/else");
  }

  @Test
  void theLastOneFromHereIsTheOneThatWasUsedLast() throws Exception {
    assertThat(at(Duration.ZERO).lastFromHere()).isEmpty();
    at(Duration.ZERO).note("shop-1");
    at(Duration.ofMinutes(5)).note("shop-2");
    at(Duration.ofMinutes(3)).note("shop-3");
    assertThat(at(Duration.ZERO).lastFromHere()).contains("shop-2");

    at(Duration.ofMinutes(9)).note("shop-1");
    assertThat(at(Duration.ZERO).lastFromHere()).contains("shop-1");
    at(Duration.ZERO).forget("shop-1");
    assertThat(at(Duration.ZERO).lastFromHere()).contains("shop-2");
  }

  @Test
  void whatOthersUsedLastIsNotFromHere() throws Exception {
    at(Duration.ZERO).note("shop-1");
    at(Duration.ofMinutes(5)).note("shop-2");
    useElsewhere("shop-2");
    assertThat(at(Duration.ZERO).lastFromHere()).contains("shop-1");

    useElsewhere("shop-1");
    assertThat(at(Duration.ZERO).lastFromHere()).isEmpty();
  }

  @Test
  void aUseWithinAMinuteIsNotedIfTheLastOneWasElsewhere() throws Exception {
    at(Duration.ZERO).note("shop-1");
    at(Duration.ofSeconds(30)).note("shop-1");
    assertThat(at(Duration.ZERO).last("shop-1")).contains(NOON);

    useElsewhere("shop-1");
    at(Duration.ofSeconds(30)).note("shop-1");
    assertThat(at(Duration.ZERO).lastFromHere()).contains("shop-1");
    assertThat(at(Duration.ZERO).last("shop-1")).contains(NOON.plusSeconds(30));
  }

  @Test
  void theFilesOfBeforeSayNothing() throws Exception {
    Files.createFile(folder.resolve("shop-1"));

    assertThat(at(Duration.ZERO).lastFromHere()).isEmpty();
    assertThat(at(Duration.ZERO).last("shop-1")).isPresent();
  }
}
