package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.testing.Library;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RenameTest extends BothKindsContract {

  private Branch dev;

  @BeforeEach
  void makeABranch() throws Exception {
    dev = bpg.from(Library.SHOP).named("dev").fast().create();
    execute(dev, "CREATE TABLE notes AS SELECT 'mine' AS text");
  }

  @Test
  void aRunningBranchIsRenamedWithoutItsSessionsNoticing() throws Exception {
    String id = dev.id();
    int port = dev.getPort();
    String password = dev.getPassword();
    try (Connection session = dev.dataSource().getConnection();
        Statement statement = session.createStatement()) {
      assertThat(dev.rename("feature").name()).isEqualTo("shop/feature");
      statement.execute("INSERT INTO notes VALUES ('from a session')");
    }
    Branch found = bpg.getBranch("shop/feature");
    assertThat(found.id()).isEqualTo(id);
    assertThat(found.getPort()).isEqualTo(port);
    assertThat(found.getPassword()).isEqualTo(password);
    assertThat(query(found, "SELECT count(*) FROM notes")).isEqualTo("2");
    assertThat(bpg.listBranches("shop"))
        .extracting(Branch::name)
        .containsExactly("shop/feature", "shop/main");
  }

  @Test
  void aStoppedBranchIsRenamedAndStartsUnderItsNewName() throws Exception {
    dev.stop().rename("feature");

    assertThat(bpg.getBranch("shop/feature").isRunning()).isFalse();
    assertThat(query(dev.start(), "SELECT text FROM notes")).isEqualTo("mine");
  }

  @Test
  void everyHandleFollowsItsBranch() throws Exception {
    Branch other = bpg.getBranch("shop/dev");
    dev.rename("feature");
    bpg.from(Library.SHOP).named("dev").fast().create();

    assertThat(query(other, "SELECT text FROM notes")).isEqualTo("mine");
    other.restart();
    assertThat(other.branch().create().parent()).contains("shop/feature");
    other.forceDelete();
    assertThat(bpg.listBranches("shop"))
        .extracting(Branch::name)
        .containsExactly("shop/dev", "shop/main");
  }

  @Test
  void childrenStayChildrenAndSnapshotsStay() throws Exception {
    dev.branch().named("child").fast().create();
    dev.snapshot("seed");
    dev.rename("feature");

    assertThat(bpg.getBranch("shop/child").parent()).contains("shop/feature");
    assertThat(dev.snapshots()).hasSize(1);
    Branch again = bpg.from("shop/feature").snapshot("seed").named("again").create();
    assertThat(query(again, "SELECT text FROM notes")).isEqualTo("mine");
    assertThatThrownBy(dev::delete).hasMessageContaining("it has children: shop/again, shop/child");
  }

  @Test
  void aTakenNameIsRefusedAndNothingIsTouched() throws Exception {
    bpg.from(Library.SHOP).named("other").fast().create();
    var before = library.files();

    assertThatThrownBy(() -> dev.rename("other"))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage(
            "cannot rename branch shop/dev: the name shop/other is taken\n"
                + "HINT: choose another name");

    assertThat(library.files()).isEqualTo(before);
    assertThat(query(dev, "SELECT text FROM notes")).isEqualTo("mine");
  }

  @Test
  void aBadNameAMainBranchAndAMissingBranchAreRefused() {
    assertThatThrownBy(() -> dev.rename("a/b")).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> library.shop().rename("trunk"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot rename branch shop/main: it is its database's main branch\n"
                + "HINT: rename the database with Databases.rename(\"shop\", …)");
    dev.delete();
    assertThatThrownBy(() -> dev.rename("feature"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot rename branch shop/dev: it does not exist any more\n"
                + "HINT: list what exists with Branches.list()");
  }

  @Test
  void aDatabaseIsRenamedWithAllItsBranches() throws Exception {
    int port = dev.getPort();
    dev.branch().named("child").fast().create();
    Database shop = bpg.getDatabase("shop");
    try {
      assertThat(shop.rename("store").name()).isEqualTo("store");

      assertThat(bpg.listBranches())
          .extracting(Branch::name)
          .containsExactly("store/child", "store/dev", "store/main");
      assertThat(bpg.getBranch("store/child").parent()).contains("store/dev");
      assertThat(bpg.getBranch("store/dev").getPort()).isEqualTo(port);
      assertThat(query(dev, "SELECT text FROM notes")).isEqualTo("mine");
      assertThatThrownBy(() -> bpg.getDatabase("shop")).isInstanceOf(NotFoundException.class);
    } finally {
      shop.rename("shop");
    }
  }

  @Test
  void aTakenDatabaseNameIsRefusedAndNothingIsTouched() throws Exception {
    dev.promoteTo("store");
    var before = library.files();

    assertThatThrownBy(() -> bpg.renameDatabase("store", "shop"))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage(
            "cannot rename database store: the name shop is taken\nHINT: choose another name");

    assertThat(library.files()).isEqualTo(before);
  }
}
