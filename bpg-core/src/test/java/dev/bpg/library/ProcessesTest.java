package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Branch;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Library;
import dev.bpg.testing.OtherJvm;
import dev.bpg.testing.Patience;
import dev.bpg.testing.Program.Command;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several JVMs on one home. */
@Ability("Permanent branches outlive their JVM, temporary ones go with it")
class ProcessesTest extends EveryStorageContract {

  private static final Duration PROMISED = Patience.of(Duration.ofSeconds(10));

  @Test
  void aPermanentBranchOutlivesItsJvmAndTheNextOneFindsItAsItWas() throws Exception {
    String created;
    try (OtherJvm jvm = OtherJvm.start(library, Command.CREATE, Library.SHOP, "dev")) {
      jvm.go();
      created = jvm.line();
      jvm.kill();
    }

    Branch here = bpg.getBranch("shop/dev");
    execute(here, "INSERT INTO ledger VALUES (1)");
    assertThat(created).isEqualTo("shop/dev " + here.getJdbcUrl() + " " + here.getPassword());
    try (OtherJvm jvm = OtherJvm.start(library, Command.FIND, "shop/dev")) {
      jvm.go();
      assertThat(jvm.line()).isEqualTo(created);
      assertThat(jvm.end()).isZero();
    }
    assertThat(query(here, "SELECT count(*) FROM ledger")).isEqualTo("1");
  }

  @Test
  void ofTwoJvmsThatCreateTheSameNameExactlyOneWins() throws Exception {
    List<String> results = OtherJvm.createAtOnce(library, Library.SHOP, List.of("same", "same"));

    assertThat(results).filteredOn(result -> result.startsWith("shop/same jdbc:")).hasSize(1);
    assertThat(results)
        .filteredOn(result -> !result.startsWith("shop/same jdbc:"))
        .containsExactly(
            "AlreadyExistsException cannot create branch shop/same: the name is taken HINT: choose"
                + " another name, or use what exists with Branches.get(\"shop/same\")");
    Branch same = bpg.getBranch("shop/same");
    assertThat(query(same, "SELECT count(*) FROM customers")).isEqualTo("1000");
    same.delete();
    assertNothingChanged();
  }

  @Test
  void temporaryBranchesOfAKilledJvmAreGoneWithinTenSeconds() throws Exception {
    Set<String> files = library.files();
    try (OtherJvm jvm = OtherJvm.start(library, Command.TEMPORARY, Library.SHOP)) {
      jvm.go();
      String[] words = jvm.line().split(" ");
      try (Connection connection = DriverManager.getConnection(words[4], "postgres", words[5])) {
        assertThat(connection.isValid(5)).isTrue();
      }

      jvm.kill();

      await().atMost(PROMISED).until(() -> library.files().equals(files));
      assertNothingChanged();
    }
  }

  @Test
  void temporaryBranchesOfAJvmThatEndsWithoutClosingThemAreGoneWithinTenSeconds() throws Exception {
    Set<String> files = library.files();
    try (OtherJvm jvm = OtherJvm.start(library, Command.EXIT, Library.SHOP)) {
      jvm.go();
      jvm.line();
      assertThat(jvm.end()).isZero();

      await().atMost(PROMISED).until(() -> library.files().equals(files));
      assertNothingChanged();
    }
  }
}
