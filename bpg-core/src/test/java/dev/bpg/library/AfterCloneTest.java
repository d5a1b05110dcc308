package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.model.CloneScript;
import dev.bpg.testing.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AfterCloneTest extends BothKindsContract {

  private static final String MASK =
      "UPDATE people SET email = 'person' || id || '@example.org' WHERE email NOT LIKE '%example.org'";

  private Branch production;

  @BeforeEach
  void makeProduction() throws Exception {
    production = bpg.from(Library.SHOP).named("production").fast().create();
    execute(production, "CREATE TABLE people (id int, email text)");
    execute(production, "INSERT INTO people VALUES (7, 'jo@private.net')");
    production.runAfterClone(CloneScript.of(MASK));
  }

  private static String email(Branch branch) throws Exception {
    return query(branch, "SELECT email FROM people");
  }

  @Test
  void whatIsBranchedIsMaskedInEveryWayAndWhatItIsBranchedFromIsNot() throws Exception {
    production.snapshot("nightly");
    production.archive().enable();

    Branch dev = production.branch().named("dev").create();
    assertThat(email(dev)).isEqualTo("person7@example.org");
    assertThat(email(production.branch().fast().create())).isEqualTo("person7@example.org");
    assertThat(email(bpg.from("shop/production").snapshot("nightly").create()))
        .isEqualTo("person7@example.org");
    assertThat(email(bpg.from("shop/production").at(Instant.now()).create()))
        .isEqualTo("person7@example.org");
    try (TemporaryBranch temporary = dev.branch().createTemporary()) {
      assertThat(email(temporary)).isEqualTo("person7@example.org");
    }
    execute(dev, "UPDATE people SET email = 'mine'");
    assertThat(email(dev.reset())).isEqualTo("person7@example.org");
    assertThat(email(dev.restart())).isEqualTo("person7@example.org");
    assertThat(email(production)).isEqualTo("jo@private.net");
  }

  @Test
  void aResetToASnapshotOfTheParentIsMaskedAndOneOfItsOwnIsNot() throws Exception {
    production.snapshot("nightly");
    Branch dev = bpg.from("shop/production").snapshot("nightly").named("dev").create();
    execute(dev, "UPDATE people SET email = 'mine'");
    dev.snapshot("own");

    assertThat(email(dev.resetToOrigin())).isEqualTo("person7@example.org");
    assertThat(email(dev.resetTo("nightly"))).isEqualTo("person7@example.org");
    assertThat(email(dev.resetTo("own"))).isEqualTo("mine");
  }

  @Test
  void rollingBackMasksNothing() throws Exception {
    production.snapshot("good");
    execute(production, "DELETE FROM people");

    assertThat(email(production.rollbackTo("good"))).isEqualTo("jo@private.net");
  }

  @Test
  void aBranchWhoseScriptFailedIsNotHandedOutAndLeavesNothing() throws Exception {
    production.runAfterClone(CloneScript.of(MASK), CloneScript.of("\nUPDATE nothing SET x = 1"));
    var before = library.files();

    assertThatThrownBy(() -> production.branch().named("leak").create())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "cannot branch shop/production: what has to run on each branch of it failed: ")
        .hasMessageContaining("relation \"nothing\" does not exist")
        .hasMessageEndingWith(
            "\nHINT: correct the script with runAfterClone(…) on shop/production");
    assertThatThrownBy(() -> bpg.getBranch("shop/leak")).isInstanceOf(NotFoundException.class);
    assertThat(library.files()).isEqualTo(before);
  }

  @Test
  void scriptsComeFromFilesRunInTheirDatabaseAndAreSwitchedOff(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("mask.sql"), MASK);
    production.runAfterClone(
        CloneScript.ofFile(file), CloneScript.of("CREATE TABLE here ()").in("template1"));
    assertThat(production.afterClone()).hasSize(2);
    Branch masked = production.branch().create();
    assertThat(email(masked)).isEqualTo("person7@example.org");
    assertThat(query(masked, "SELECT to_regclass('here')")).isNull();
    assertThat(masked.afterClone()).isEqualTo(production.afterClone());

    production.runAfterClone();
    assertThat(production.afterClone()).isEmpty();
    assertThat(email(production.branch().create())).isEqualTo("jo@private.net");
    assertThatThrownBy(() -> CloneScript.ofFile(folder.resolve("none.sql")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot read %s: there is no such file\nHINT: correct the path"
                .formatted(folder.resolve("none.sql")));
  }

  @Test
  void aDatabaseBringsItsScriptsFromItsCreationOn() throws Exception {
    Branch main =
        bpg.newDatabase("clinic")
            .initialSql("CREATE TABLE people AS SELECT 7 AS id, 'jo@private.net' AS email")
            .afterClone(CloneScript.of(MASK))
            .create()
            .main();

    assertThat(email(main)).isEqualTo("jo@private.net");
    assertThat(email(main.branch().create())).isEqualTo("person7@example.org");
    assertThat(main.afterClone()).isEqualTo(List.of(CloneScript.of(MASK)));
    bpg.deleteDatabase("clinic");
  }
}
