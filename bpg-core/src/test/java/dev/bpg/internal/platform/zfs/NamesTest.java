package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"tank", "tank/a", "tank/a-b_c.d:e f/G9", "tank/..."})
  void areWhatZfsTakes(String name) {
    assertThat(new DatasetName(name)).hasToString(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|a part of it is empty",
        "/a|a part of it is empty",
        "a/|a part of it is empty",
        "a//b|a part of it is empty",
        "a/.|\".\" is no name",
        "a/../b|\"..\" is no name",
        "a@b|'@' is not a letter, digit, space or one of \"-\", \"_\", \".\", \":\"",
        "a%b|'%' is not a letter, digit, space or one of \"-\", \"_\", \".\", \":\"",
        "ä|'ä' is not a letter, digit, space or one of \"-\", \"_\", \".\", \":\""
      })
  void areNotWhatItRefuses(String name, String why) {
    assertThatThrownBy(() -> new DatasetName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + name + "\" cannot be a name in ZFS: " + why);
  }

  @Test
  void haveAtMost255CharactersTheSnapshotsWithTheirDatasets() {
    DatasetName longest = new DatasetName("a".repeat(255));
    assertThatThrownBy(() -> longest.snapshot("s"))
        .hasMessageEndingWith("it has more than 255 characters");
    assertThatThrownBy(() -> longest.child("s"))
        .hasMessageEndingWith("it has more than 255 characters");
    assertThat(new DatasetName("a".repeat(253)).snapshot("s").toString()).hasSize(255);
  }

  @Test
  void haveParts() {
    DatasetName name = new DatasetName("tank/a/b");
    assertThat(name.pool()).isEqualTo("tank");
    assertThat(name.lastPart()).isEqualTo("b");
    assertThat(name.parent()).contains(new DatasetName("tank/a"));
    assertThat(new DatasetName("tank").parent()).isEmpty();
    assertThat(name.child("c")).hasToString("tank/a/b/c");
    assertThat(SnapshotName.of("tank/a/b@s")).isEqualTo(name.snapshot("s"));
    assertThat(BookmarkName.of("tank/a/b#s")).isEqualTo(name.bookmark("s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tank", "tank@", "@s", "tank@a/b", "tank@a@b", "tank#a"})
  void ofSnapshotsHaveOneAt(String text) {
    assertThatThrownBy(() -> SnapshotName.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
