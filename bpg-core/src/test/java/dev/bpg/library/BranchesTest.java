package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.NotFoundException;
import dev.bpg.model.BranchStatus;
import dev.bpg.testing.Ability;
import dev.bpg.testing.DockerCli;
import dev.bpg.testing.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Ability("Branches of branches, running, stopped or killed")
class BranchesTest extends EveryStorageContract {

  @Test
  void aBranchRunsUnderItsNameWithItsParentsData() throws Exception {
    Instant before = Instant.now();

    Branch dev = bpg.from(Library.SHOP).named("dev").create();

    assertThat(dev.name()).isEqualTo("shop/dev");
    assertThat(dev).hasToString("branch shop/dev");
    assertThat(dev.parent()).contains(Library.SHOP);
    assertThat(dev.createdAt()).isBetween(before, Instant.now());
    assertThat(dev.expiresAt()).isEmpty();
    assertThat(dev.isTemporary()).isFalse();
    assertThat(dev.status())
        .isEqualTo(new BranchStatus(BranchStatus.State.RUNNING, "it takes connections"));
    assertThat(query(dev, "SELECT count(*) FROM customers")).isEqualTo("1000");
    assertThat(bpg.getBranch("shop/dev").id()).isEqualTo(dev.id());
  }

  @Test
  void aBranchWithoutANameIsNamedByItsId() {
    Branch branch = bpg.from(Library.SHOP).fast().create();

    assertThat(branch.name()).isEqualTo("shop/branch-" + branch.id());
  }

  @Test
  void aBranchOfABranchOfABranchHasTheDataOfAll() throws Exception {
    Branch one = bpg.from(Library.SHOP).fast().create();
    execute(one, "CREATE TABLE one ()");
    Branch two = one.branch().create();
    execute(two, "CREATE TABLE two ()");
    Branch three = two.branch().fast().create();

    assertThat(three.parent()).contains(two.name());
    assertThat(query(three, "SELECT concat_ws(' ', to_regclass('one'), to_regclass('two'))"))
        .isEqualTo("one two");
  }

  @Test
  void aBranchOfAStoppedParentNeedsNoRecovery() throws Exception {
    Branch parent = parent();
    execute(parent, "INSERT INTO ledger VALUES (1)");
    parent.stop();

    Branch branch = parent.branch().create();

    assertThat(query(branch, "SELECT count(*) FROM ledger")).isEqualTo("1");
    assertThat(parent.status())
        .isEqualTo(new BranchStatus(BranchStatus.State.STOPPED, "it was shut down"));
    assertThat(branch.lastLogLines(50)).noneMatch(line -> line.contains("not properly shut down"));
  }

  @Test
  void aBranchOfAKilledParentHasAllThatWasCommitted() throws Exception {
    Branch parent = parent();
    execute(parent, "INSERT INTO ledger SELECT generate_series(1, 500)");
    kill(parent);

    Branch branch = parent.branch().create();

    assertThat(query(branch, "SELECT count(*) FROM ledger")).isEqualTo("500");
    assertThat(parent.status().state()).isEqualTo(BranchStatus.State.CRASHED);
    assertThat(query(parent.start(), "SELECT count(*) FROM ledger")).isEqualTo("500");
  }

  private void kill(Branch branch) throws Exception {
    if (library.storage().isInDocker()) {
      DockerCli.killServerOn(branch.getPort());
      return;
    }
    Path data = Path.of(query(branch, "SHOW data_directory"));
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    org.awaitility.Awaitility.await()
        .until(() -> branch.status().state() == BranchStatus.State.CRASHED);
  }

  @Test
  void aTakenNameIsRefusedAndTouchesNothing() throws Exception {
    Branch dev = bpg.from(Library.SHOP).named("dev").fast().create();
    execute(dev, "INSERT INTO ledger VALUES (1)");

    assertThatThrownBy(() -> bpg.from(Library.SHOP).named("dev").create())
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage(
            "cannot create branch shop/dev: the name is taken\n"
                + "HINT: choose another name, or use what exists with Branches.get(\"shop/dev\")");

    assertThat(query(dev, "SELECT count(*) FROM ledger")).isEqualTo("1");
    dev.delete();
    assertNothingChanged();
  }

  @Test
  void aNameMayBeUsedAgainAndTheOldHandleDoesNotReachTheNewBranch() throws Exception {
    Branch old = bpg.from(Library.SHOP).named("dev").fast().create();
    old.delete();
    Branch dev = bpg.from(Library.SHOP).named("dev").fast().create();

    assertThatThrownBy(old::stop)
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot stop branch shop/dev: it does not exist any more\n"
                + "HINT: list what exists with Branches.list()");
    assertThatThrownBy(old::delete)
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot delete branch shop/dev: it does not exist, or is another one by now\n"
                + "HINT: list what exists with Branches.list()");
    assertThat(query(dev, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void branchesAreListedByNameInAllDatabasesAndInOne() {
    bpg.from(Library.SHOP).named("b").fast().create();
    bpg.from(Library.SHOP).named("a").fast().create();

    assertThat(bpg.listBranches("shop"))
        .extracting(Branch::name)
        .containsExactly("shop/a", "shop/b", "shop/main");
    assertThat(bpg.listBranches()).extracting(Branch::name).contains("shop/a", "shop/main");
    assertThat(bpg.getDatabase("shop").branches()).hasSize(3);
  }
}
