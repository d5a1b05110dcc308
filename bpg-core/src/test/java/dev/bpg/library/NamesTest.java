package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import dev.bpg.testing.Library;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest extends CopyContract {

  private static final String HINT =
      "\nHINT: use 1 to 63 of a-z A-Z 0-9 _ - on each side of exactly one '/',"
          + " not beginning with '-'";

  @ParameterizedTest
  @CsvSource({
    "shop, it has no '/'",
    "shop/a/b, it has more than one '/'",
    "/main, a part of it is empty",
    "shop/, a part of it is empty",
    "shop/a b, it has a character outside a-z A-Z 0-9 _ -",
    "shop/.., it has a character outside a-z A-Z 0-9 _ -",
    "shop/-x, a part of it begins with '-'",
  })
  void aBadNameIsRefusedWithTheRule(String name, String reason) throws Exception {
    String message = "cannot use the branch name \"" + name + "\": " + reason + HINT;

    assertRefused(() -> bpg.from(name), message.replace("''", "'"));
    assertRefused(() -> bpg.getBranch(name), message.replace("''", "'"));
    assertNothingChanged();
  }

  @Test
  void aBadNameOfADatabaseOrOfANewBranchIsRefusedToo() throws Exception {
    String character = ": it has a character outside a-z A-Z 0-9 _ -" + HINT;

    assertRefused(
        () -> bpg.createDatabase("a/b"), "cannot use the database name \"a/b\"" + character);
    assertRefused(() -> bpg.getDatabase("é"), "cannot use the database name \"é\"" + character);
    assertRefused(
        () -> bpg.deleteDatabase("../shop"),
        "cannot use the database name \"../shop\"" + character);
    assertRefused(
        () -> bpg.listBranches("a b"), "cannot use the database name \"a b\"" + character);
    assertRefused(
        () -> bpg.from(Library.SHOP).named("x\ny"),
        "cannot use the branch name \"shop/x\\u000ay\"" + character);
    assertNothingChanged();
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(RefusedException.class).hasMessage(message);
  }
}
