package dev.bpg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BranchNameTest {

  private static final String RULE =
      "\nHINT: use 1 to 63 of a-z A-Z 0-9 _ - on each side of exactly one '/', not beginning with"
          + " '-'";

  @ParameterizedTest
  @ValueSource(strings = {"api/main", "a-b/c", "a/b-c", "A_1/x-9", "9/9", "_/_"})
  void readsWhatItWrites(String text) {
    assertThat(BranchName.parse(text)).hasToString(text);
  }

  @Test
  void keepsNamesApartThatLookAlikeWhenJoined() {
    assertThat(BranchName.parse("a-b/c")).isNotEqualTo(BranchName.parse("a/b-c"));
  }

  @Test
  void takesSixtyThreeCharactersAndNotOneMore() {
    String longest = "x".repeat(63);
    assertThat(BranchName.parse(longest + "/" + longest).branch()).isEqualTo(longest);
    assertThatThrownBy(() -> BranchName.parse("a/" + longest + "x"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a part of it has 64 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "main|it has no '/'",
        "a/b/c|it has more than one '/'",
        "/b|a part of it is empty",
        "a/|a part of it is empty",
        "../b|it has a character outside a-z A-Z 0-9 _ -",
        "a/..|it has a character outside a-z A-Z 0-9 _ -",
        "a/b.c|it has a character outside a-z A-Z 0-9 _ -",
        "a/ä|it has a character outside a-z A-Z 0-9 _ -",
        "a/b c|it has a character outside a-z A-Z 0-9 _ -",
        "a/b;c|it has a character outside a-z A-Z 0-9 _ -",
        "-a/b|a part of it begins with '-'",
        "a/--force|a part of it begins with '-'",
      })
  void refusesEveryWrongNameWithTheReasonAndTheRule(String text, String reason) {
    assertThatThrownBy(() -> BranchName.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage("cannot use the branch name \"" + text + "\": " + reason + RULE);
  }

  @Test
  void showsControlCharactersAndQuotesEscaped() {
    assertThatThrownBy(() -> BranchName.parse("a/b\nc\"'"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot use the branch name \"a/b\\u000ac\\u0022'\": it has");
  }

  @Test
  void refusesTheEmptyName() {
    assertThatThrownBy(() -> BranchName.parse(""))
        .hasMessage("cannot use the branch name \"\": it has no '/'" + RULE);
  }

  @Test
  void refusesADatabaseNameThatIsNone() {
    assertThatThrownBy(() -> BranchName.main("a/b"))
        .hasMessageStartingWith("cannot use the database name \"a/b\": it has a character outside");
  }
}
