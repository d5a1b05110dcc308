package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.NotFoundException;
import dev.bpg.model.CloneMethod;
import org.junit.jupiter.api.Test;

class DatabasesTest extends EveryStorageContract {

  @Test
  void aNewDatabaseHasARunningMainBranchAndNoOther() throws Exception {
    Database api = bpg.createDatabase("api");

    assertThat(api.name()).isEqualTo("api");
    assertThat(api.version()).isEqualTo(17);
    assertThat(api.main().name()).isEqualTo("api/main");
    assertThat(api.main().parent()).isEmpty();
    assertThat(api.main().origin().method()).isEqualTo(CloneMethod.INITDB);
    assertThat(api.main().isRunning()).isTrue();
    assertThat(api.main().isTemporary()).isFalse();
    assertThat(api.branches()).extracting(Branch::name).containsExactly("api/main");
    assertThat(query(api.main(), "SHOW data_checksums")).isEqualTo("on");
  }

  @Test
  void databasesAreListedByNameAndFound() {
    bpg.createDatabase("api");

    assertThat(bpg.listDatabases()).extracting(Database::name).containsExactly("api", "shop");
    assertThat(bpg.getDatabase("api").toString())
        .matches(
            storage.isInDocker()
                ? "database api, Postgres 17\\.11 \\(docker:postgres:17@sha256:[0-9a-f]{64}\\)"
                : "database api, Postgres 17\\.11 \\(embedded\\)");
    assertThat(bpg.getDatabase("shop").main().id()).isEqualTo(library.shop().id());
  }

  @Test
  void aDatabaseOfATakenNameIsRefusedAndTouchesNothing() throws Exception {
    String id = library.shop().id();

    assertThatThrownBy(() -> bpg.createDatabase("shop"))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage(
            "cannot create database shop: the name is taken\n"
                + "HINT: choose another name, or use what exists with Databases.get(\"shop\")");

    assertThat(library.shop().id()).isEqualTo(id);
    assertThat(query(library.shop(), "SELECT count(*) FROM customers")).isEqualTo("1000");
    assertNothingChanged();
  }

  @Test
  void aDatabaseIsDeletedWithAllItsBranches() throws Exception {
    Database api = bpg.createDatabase("api");
    Branch child = api.branch().named("child").create();
    child.branch().named("grandchild").create();
    api.branch().named("sibling").createTemporary();

    api.delete();

    assertThat(bpg.listBranches("api")).isEmpty();
    assertNothingChanged();
  }

  @Test
  void namesThatLookAlikeWhenJoinedAreDifferentBranches() throws Exception {
    Branch one = bpg.createDatabase("a-b").branch().named("c").create();
    Branch other = bpg.createDatabase("a").branch().named("b-c").create();
    execute(one, "CREATE TABLE mine ()");

    assertThat(query(other, "SELECT to_regclass('mine')")).isNull();
    bpg.deleteDatabase("a");
    assertThat(query(one, "SELECT to_regclass('mine')")).isEqualTo("mine");
  }

  @Test
  void aMissingDatabaseIsNotFound() {
    String reason =
        " database api: it does not exist\nHINT: create it with Databases.create(\"api\")";

    assertThatThrownBy(() -> bpg.getDatabase("api"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("cannot find" + reason);
    assertThatThrownBy(() -> bpg.deleteDatabase("api"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("cannot find" + reason);
    assertThat(bpg.listBranches("api")).isEmpty();
  }

  @Test
  void aDatabaseThatWasDeletedIsNotFoundByItsOldHandle() {
    Database api = bpg.createDatabase("api");
    api.delete();

    assertThatThrownBy(api::delete).isInstanceOf(NotFoundException.class);
  }
}
