package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.model.CloneScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTest extends BothKindsContract {

  private static final CloneScript MASK = CloneScript.of("UPDATE people SET email = 'masked'");

  private @TempDir Path folder;
  private Path dump;
  private Database api;

  @BeforeEach
  void makeDatabase() throws Exception {
    dump = folder.resolve("people.sql");
    dump("first");
    api =
        bpg.newDatabase("api").setting("work_mem", "7MB").fromDump(dump).afterClone(MASK).create();
  }

  private void dump(String email) throws Exception {
    Files.writeString(dump, "CREATE TABLE people AS SELECT '" + email + "' AS email");
  }

  private static String email(Branch branch) throws Exception {
    return query(branch, "SELECT email FROM people");
  }

  @Test
  void theMainBranchIsUpToDateAndNoBranchIsLost() throws Exception {
    Branch dev = api.branch().named("dev").create();
    Branch old = api.main();
    old.snapshot("then");
    old.idleStop(Duration.ofHours(1));
    dump("second");

    assertThat(api.refresh(next -> next.fromDump(dump))).isSameAs(api);

    assertThat(email(api.main())).isEqualTo("second");
    assertThat(email(bpg.getBranch("api/main"))).isEqualTo("second");
    assertThat(query(api.main(), "SHOW work_mem")).isEqualTo("7MB");
    assertThat(api.main().idleStop()).hasValue(Duration.ofHours(1));
    assertThat(api.main().parent()).isEmpty();
    assertThat(email(api.branch().create())).isEqualTo("masked");
    assertThat(email(dev)).isEqualTo("masked");
    assertThat(email(old)).isEqualTo("first");
    String before = bpg.getBranch("api/dev").parent().orElseThrow();
    assertThat(before).startsWith("api/before-");
    assertThat(bpg.getBranch(before).id()).isEqualTo(old.id());
    assertThat(bpg.getBranch(before).parent()).hasValue("api/main");
    assertThat(old.snapshots()).hasSize(1);

    assertThat(email(dev.reset())).isEqualTo("masked");
    dump("third");
    api.refresh(next -> next.fromDump(dump));
    assertThat(email(api.main())).isEqualTo("third");
    assertThat(api.branches()).hasSize(5);
    old.forceDelete();
    bpg.deleteDatabase("api");
    assertNothingChanged();
  }

  @Test
  void aRefreshThatFailsLeavesTheDatabaseAsItWas() throws Exception {
    api.main().protect();
    var before = library.files();
    Files.writeString(dump, "SELECT 1/0");

    assertThatThrownBy(() -> api.refresh(next -> next.fromDump(dump)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("division by zero");

    assertThat(library.files()).isEqualTo(before);
    assertThat(api.branches()).extracting(Branch::name).isEqualTo(List.of("api/main"));
    assertThat(email(api.main())).isEqualTo("first");
    api.main().unprotect();
  }

  @Test
  void scriptsThatAreSetMeanwhileAndProtectionAreNotLost() throws Exception {
    Branch old = api.main();
    old.protect();
    CloneScript more = CloneScript.of("CREATE TABLE more ()");

    api.refresh(next -> next.fromDump(dump).prepare(source -> old.runAfterClone(MASK, more)));

    assertThat(api.main().afterClone()).containsExactly(MASK, more);
    assertThat(api.main().isProtected()).isTrue();
    api.main().unprotect();
    old.unprotect();
  }

  @Test
  void aDatabaseThatIsGoneIsNotRefreshed() throws Exception {
    api.delete();
    assertThatThrownBy(() -> api.refresh(next -> next.fromDump(dump)))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(
            () -> {
              Database twice = bpg.createDatabase("twice");
              twice.refresh(
                  next -> next.fromDump(dump).prepare(source -> bpg.listDatabases()).version(99));
            })
        .isInstanceOf(RefusedException.class);
    assertThat(bpg.getDatabase("twice").branches()).hasSize(1);
  }
}
