package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.RefusedException;
import dev.bpg.testing.Library;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PromoteTest extends BothKindsContract {

  @Test
  void aBranchBecomesTheMainBranchAndTheOldMainItsChildOfItsName() throws Exception {
    Branch old = bpg.from(Library.SHOP).named("own").fast().create().promoteTo("own");
    Database own = bpg.getDatabase("own");
    Branch between = old.branch().named("between").fast().create();
    old.branch().named("sibling").fast().create();
    Branch dev = between.branch().named("dev").fast().create();
    dev.branch().named("child").fast().create();
    execute(dev, "CREATE TABLE notes AS SELECT 'new' AS text");
    int port = dev.getPort();

    assertThat(dev.promote().name()).isEqualTo("own/main");

    assertThat(own.main().id()).isEqualTo(dev.id());
    assertThat(own.main().getPort()).isEqualTo(port);
    assertThat(query(own.main(), "SELECT text FROM notes")).isEqualTo("new");
    assertThat(own.main().parent()).isEmpty();
    assertThat(bpg.getBranch("own/dev").id()).isEqualTo(old.id());
    assertThat(bpg.getBranch("own/dev").parent()).contains("own/main");
    assertThat(bpg.getBranch("own/between").parent()).contains("own/dev");
    assertThat(bpg.getBranch("own/sibling").parent()).contains("own/dev");
    assertThat(bpg.getBranch("own/child").parent()).contains("own/main");
    own.delete();
    assertNothingChanged();
  }

  @Test
  void theOldMainCanBeDeletedAndTheNewOneStays() throws Exception {
    Branch old = bpg.from(Library.SHOP).named("own").fast().create().promoteTo("own");
    Branch dev = old.branch().named("dev").fast().create().promote();

    old.delete();

    assertThat(query(dev.restart(), "SELECT 1")).isEqualTo("1");
    bpg.deleteDatabase("own");
    assertNothingChanged();
  }

  @Test
  void aBranchBecomesADatabaseOfItsOwnWithItsDescendants() throws Exception {
    Branch dev =
        bpg.from(Library.SHOP).named("dev").fast().expiresAfter(Duration.ofDays(1)).create();
    Branch child = dev.branch().named("child").fast().create();
    Branch stays = bpg.from(Library.SHOP).named("stays").fast().create();
    int port = child.getPort();

    assertThat(dev.promoteTo("store").name()).isEqualTo("store/main");

    assertThat(bpg.listBranches())
        .extracting(Branch::name)
        .containsExactly("shop/main", "shop/stays", "store/child", "store/main");
    assertThat(bpg.getBranch("store/child").parent()).contains("store/main");
    assertThat(bpg.getBranch("store/child").getPort()).isEqualTo(port);
    assertThat(dev.parent()).isEmpty();
    assertThat(dev.expiresAt()).isEmpty();
    stays.delete();
    bpg.deleteDatabase("store");
    assertNothingChanged();
  }

  @Test
  void aTakenDatabaseNameIsRefusedAndNothingIsTouched() throws Exception {
    Branch dev = parent();
    var before = library.files();

    assertThatThrownBy(() -> dev.promoteTo("shop"))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage(
            "cannot promote branch "
                + dev.name()
                + ": the name shop is taken\nHINT: choose another name");

    assertThat(library.files()).isEqualTo(before);
  }

  @Test
  void mainAndTemporaryBranchesAreNotPromoted() {
    assertThatThrownBy(() -> library.shop().promote())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot promote branch shop/main: it is its database's main branch\n"
                + "HINT: promote another branch");
    TemporaryBranch temporary = bpg.from(Library.SHOP).fast().createTemporary();
    assertThatThrownBy(temporary::promote)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot promote branch "
                + temporary.name()
                + ": it is temporary and goes with the process that made it\n"
                + "HINT: make it permanent first with keep()");
  }
}
