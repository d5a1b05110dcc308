package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Library;
import org.junit.jupiter.api.Test;

@Ability("A deletion leaves nothing")
class DeletionTest extends EveryStorageContract {

  @Test
  void aLeafGoesWithoutATrace() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("leaf").fast().create();

    branch.delete();

    assertNothingChanged();
    assertThatThrownBy(() -> bpg.getBranch("shop/leaf"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot find branch shop/leaf: it does not exist\n"
                + "HINT: list what exists with Branches.list()");
    assertThatThrownBy(branch::getPassword).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(branch::getJdbcUrl).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(branch::start).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aStoppedBranchGoesToo() throws Exception {
    bpg.from(Library.SHOP).fast().create().stop().delete();

    assertNothingChanged();
  }

  @Test
  void aParentIsRefusedNamingItsChildren() throws Exception {
    Branch parent = bpg.from(Library.SHOP).named("parent").fast().create();
    Branch one = parent.branch().named("one").fast().create();
    Branch two = parent.branch().named("two").fast().create();

    assertThatThrownBy(parent::delete)
        .isInstanceOf(BusyException.class)
        .hasMessage(
            "cannot delete branch shop/parent: it has children: shop/one, shop/two\n"
                + "HINT: delete them first, or take all of them with forceDelete()");

    assertThat(query(parent, "SELECT 1")).isEqualTo("1");
    assertThat(query(one, "SELECT 1")).isEqualTo("1");
    one.delete();
    two.delete();
    parent.delete();
    assertNothingChanged();
  }

  @Test
  void forcedAllDescendantsGoAndSiblingsStay() throws Exception {
    Branch sibling = bpg.from(Library.SHOP).named("sibling").fast().create();
    Branch one = bpg.from(Library.SHOP).named("one").fast().create();
    Branch two = one.branch().named("two").fast().create();
    two.branch().named("three").fast().create();
    one.branch().named("temporary").fast().createTemporary();

    one.forceDelete();

    assertThat(bpg.listBranches("shop"))
        .extracting(Branch::name)
        .containsExactly("shop/main", "shop/sibling");
    assertThat(query(sibling, "SELECT 1")).isEqualTo("1");
    sibling.delete();
    assertNothingChanged();
  }

  @Test
  void theMainBranchGoesWithItsDatabaseOnly() throws Exception {
    for (boolean force : new boolean[] {false, true}) {
      assertThatThrownBy(() -> delete(library.shop(), force))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "cannot delete branch shop/main: it is its database's main branch\n"
                  + "HINT: delete the database with Databases.delete(\"shop\")");
    }
    assertThat(query(library.shop(), "SELECT 1")).isEqualTo("1");
    assertNothingChanged();
  }

  private static void delete(Branch branch, boolean force) {
    if (force) {
      branch.forceDelete();
    } else {
      branch.delete();
    }
  }

  @Test
  void whatWasDeletedIsNotFound() {
    Branch branch = bpg.from(Library.SHOP).named("gone").fast().create();
    branch.delete();

    assertThatThrownBy(branch::delete)
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot delete branch shop/gone: it does not exist, or is another one by now\n"
                + "HINT: list what exists with Branches.list()");
  }

  @Test
  void aBranchOutlivesNothingOfItsParentButItsData() throws Exception {
    Branch parent = parent();
    Branch child = parent.branch().fast().create();
    parent.stop();

    assertThat(query(child.restart(), "SELECT count(*) FROM orders")).isEqualTo("5000");
  }
}
