package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Library;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

@Ability("Temporary branches and expiry")
class TemporaryTest extends EveryStorageContract {

  @Test
  void aTemporaryBranchGoesWithItsTryAndSoDoItsDescendants() throws Exception {
    Set<String> files = library.files();
    try (TemporaryBranch branch = bpg.from(Library.SHOP).fast().createTemporary()) {
      assertThat(branch.isTemporary()).isTrue();
      assertThat(branch.name()).isEqualTo("shop/temp-" + branch.id());
      assertThat(bpg.getBranch(branch.name()).isTemporary()).isTrue();
      execute(branch, "INSERT INTO ledger VALUES (1)");
      TemporaryBranch child = branch.branch().createTemporary();
      TemporaryBranch grandchild = child.branch().fast().createTemporary();
      assertThat(query(grandchild, "SELECT count(*) FROM ledger")).isEqualTo("1");
    }

    patiently().until(() -> library.files().equals(files));
    assertNothingChanged();
  }

  @Test
  void closingTwiceOrAfterADeletionDoesNothing() throws Exception {
    TemporaryBranch branch = bpg.from(Library.SHOP).fast().createTemporary();
    branch.delete();
    branch.close();
    branch.close();

    assertThatThrownBy(branch::start).isInstanceOf(NotFoundException.class);
    assertNothingChanged();
  }

  @Test
  void closingTheLibraryDeletesItsTemporaryBranchesAndNoOthers() throws Exception {
    Branch permanent;
    Set<String> files;
    try (Bpg own = Bpg.open(library.config().build())) {
      permanent = own.from(Library.SHOP).fast().create();
      files = library.files();
      own.from(Library.SHOP).fast().createTemporary().branch().fast().createTemporary();
      bpg.from(Library.SHOP).named("others").fast().createTemporary();
      assertThat(library.servers()).hasSize(5);
    }

    assertThat(bpg.listBranches("shop"))
        .extracting(Branch::name)
        .containsExactly(permanent.name(), Library.SHOP, "shop/others");
    bpg.getBranch("shop/others").delete();
    assertThat(library.files()).isEqualTo(files);
    assertThat(query(bpg.getBranch(permanent.name()), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aKeptBranchStaysAndWaitsForTheDiskFromItsNextStartOn() throws Exception {
    Branch kept;
    try (Bpg own = Bpg.open(library.config().build())) {
      try (TemporaryBranch branch = own.from(Library.SHOP).fast().createTemporary()) {
        assertThat(query(branch, "SHOW fsync")).isEqualTo("off");
        execute(branch, "INSERT INTO ledger VALUES (1)");
        kept = branch.keep();
      }
    }

    Branch found = bpg.getBranch(kept.name());
    assertThat(found.isTemporary()).isFalse();
    assertThat(found.id()).isEqualTo(kept.id());
    assertThat(found.isRunning()).isTrue();
    assertThat(query(found.restart(), "SHOW fsync")).isEqualTo("on");
    assertThat(query(found, "SELECT count(*) FROM ledger")).isEqualTo("1");
  }

  @Test
  void aBranchOfATemporaryOneIsTemporaryAndNotKeptBeforeItsParent() {
    TemporaryBranch parent = bpg.from(Library.SHOP).named("parent").fast().createTemporary();
    TemporaryBranch child = parent.branch().named("child").fast().createTemporary();

    assertThatThrownBy(() -> parent.branch().create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot branch shop/parent: it is temporary and would take a permanent branch of it"
                + " away with it\nHINT: use createTemporary(), or branch a permanent parent");
    assertThatThrownBy(child::keep)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot keep branch shop/child: its parent shop/parent is temporary and would take it"
                + " away\nHINT: keep the parent first");

    parent.keep();
    assertThat(child.keep().isTemporary()).isFalse();
  }

  @Test
  void aBranchIsDeletedWhenItsTimeHasCome() throws Exception {
    Branch branch = bpg.from(Library.SHOP).fast().expiresAfter(Duration.ofMillis(1)).create();

    assertThat(branch.expiresAt()).isPresent();
    patiently().until(() -> bpg.listBranches("shop").size() == 1);
    patiently().untilAsserted(this::assertNothingChanged);
  }

  @Test
  void aBranchThatExpiredWhileNobodyWasThereIsDeletedByTheNextWhoOpensTheHome() throws Exception {
    try (Bpg own = Bpg.open(library.config().build())) {
      own.from(Library.SHOP).fast().expiresAfter(Duration.ofSeconds(2)).create();
    }

    try (Bpg next = Bpg.open(library.config().build())) {
      patiently().until(() -> next.listBranches("shop").size() == 1);
      patiently().untilAsserted(this::assertNothingChanged);
    }
  }

  @Test
  void anExpiryIsTheBranchsOwn() throws Exception {
    Branch parent =
        bpg.from(Library.SHOP).named("parent").fast().expiresAfter(Duration.ofDays(1)).create();
    Branch child = parent.branch().fast().create();

    assertThat(parent.expiresAt().orElseThrow())
        .isCloseTo(parent.createdAt().plus(Duration.ofDays(1)), within(1, ChronoUnit.MINUTES));
    assertThat(child.expiresAt()).isEmpty();
  }

  @Test
  void anExpiryThatIsNotPositiveIsRefused() {
    assertThatThrownBy(() -> bpg.from(Library.SHOP).expiresAfter(Duration.ZERO))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot let a branch expire after PT0S: it is not positive\nHINT: give a longer time");
  }

  // How long it may take is said elsewhere; here a machine may be emulated, and busy.
  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(1));
  }
}
