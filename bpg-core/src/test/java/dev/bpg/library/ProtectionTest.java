package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.testing.Library;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProtectionTest extends BothKindsContract {

  @AfterEach
  void unprotectWhatIsLeft() {
    if (bpg != null) {
      bpg.listBranches().stream().filter(b -> !b.isTemporary()).forEach(Branch::unprotect);
    }
  }

  @Test
  void aProtectedBranchIsNotDeletedUntilItIsUnprotected() {
    Branch branch = bpg.from(Library.SHOP).named("held").fast().protectedFromDeletion().create();

    assertThat(branch.isProtected()).isTrue();
    assertRefused(branch::delete, "delete branch shop/held", "it is protected", "shop/held");
    assertRefused(branch::forceDelete, "delete branch shop/held", "it is protected", "shop/held");
    assertThat(branch.isRunning()).isTrue();

    branch.unprotect();
    assertThat(branch.isProtected()).isFalse();
    branch.delete();
    assertThatThrownBy(branch::isProtected).isInstanceOf(NotFoundException.class);
  }

  @Test
  void nothingOfATreeIsDeletedIfADescendantIsProtected() {
    Branch top = bpg.from(Library.SHOP).named("top").fast().create();
    Branch leaf = top.branch().named("a-leaf").fast().create();
    Branch middle = top.branch().named("middle").fast().create();
    Branch held = middle.branch().named("z-held").fast().protectedFromDeletion().create();

    assertRefused(
        top::forceDelete,
        "delete branch shop/top",
        "its descendant shop/z-held is protected",
        "shop/z-held");
    for (Branch branch : new Branch[] {top, leaf, middle, held}) {
      assertThat(branch.isRunning()).isTrue();
    }
  }

  @Test
  void aDatabaseWithAProtectedBranchIsNotDeleted() {
    Branch main = bpg.createDatabase("vault").main();
    Branch held = main.branch().named("held").fast().create();
    held.protect();

    assertRefused(
        () -> bpg.deleteDatabase("vault"),
        "delete database vault",
        "its descendant vault/held is protected",
        "vault/held");
    held.unprotect();
    main.protect();
    assertRefused(
        () -> bpg.deleteDatabase("vault"),
        "delete database vault",
        "its main branch is protected",
        "vault/main");
    main.unprotect();
    bpg.deleteDatabase("vault");
  }

  @Test
  void aTemporaryBranchCannotBeProtected() throws Exception {
    assertThatThrownBy(() -> bpg.from(Library.SHOP).protectedFromDeletion().createTemporary())
        .hasMessage(
            "cannot branch shop/main: a temporary branch cannot be protected: it goes with its"
                + " process\nHINT: use create(), or leave protectedFromDeletion() out");
    assertNothingChanged();
    TemporaryBranch branch = bpg.from(Library.SHOP).fast().createTemporary();
    try (branch) {
      assertThatThrownBy(branch::protect)
          .hasMessage(
              "cannot protect branch "
                  + branch.name()
                  + ": it is temporary and goes with its process\n"
                  + "HINT: call keep() on it first");
    }
    awaitGone(branch);
  }

  @Test
  void aProtectedBranchOutlivesItsExpiryAndGoesWhenItIsGivenAnotherOne() {
    Branch held = parent();
    Branch witness = parent();
    held.protect();
    held.expireAfter(Duration.ofMillis(1));
    witness.expireAfter(Duration.ofMillis(300));
    awaitGone(witness);
    assertThat(held.isRunning()).isTrue();

    held.unprotect();
    held.expireAfter(Duration.ofMillis(1));
    awaitGone(held);
  }

  @Test
  void theExpiryOfABranchIsChangedByWhateverProcessHasTheHomeOpen() {
    Branch kept = bpg.from(Library.SHOP).named("kept").fast().create();
    Branch later = bpg.from(Library.SHOP).named("later").fast().create();
    Branch witness = parent();
    try (Bpg other = Bpg.open(library.config().build())) {
      Branch keptThere = other.getBranch("shop/kept");
      Branch laterThere = other.getBranch("shop/later");
      kept.expireAfter(Duration.ofMillis(1500));
      keptThere.keepForever();
      later.expireAfter(Duration.ofMillis(1500));
      laterThere.expireAfter(Duration.ofHours(1));
    }
    witness.expireAfter(Duration.ofMillis(1700));
    awaitGone(witness);

    assertThat(kept.expiresAt()).isEmpty();
    assertThat(kept.isRunning()).isTrue();
    assertThat(later.expiresAt().orElseThrow()).isAfter(Instant.now().plusSeconds(3000));
    later.expireAfter(Duration.ofMillis(1));
    awaitGone(later);
  }

  @Test
  void aMainBranchDoesNotExpire() {
    assertThatThrownBy(() -> library.shop().expireAfter(Duration.ofDays(1)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot let expire branch shop/main: it is its database's main branch\n"
                + "HINT: delete the database when its time has come");
    assertThatThrownBy(() -> parent().expireAfter(Duration.ZERO))
        .hasMessage(
            "cannot let a branch expire after PT0S: it is not positive\nHINT: give a longer time");
  }

  private void awaitGone(Branch branch) {
    Awaitility.await()
        .until(() -> bpg.listBranches().stream().noneMatch(b -> b.id().equals(branch.id())));
  }

  private static void assertRefused(
      ThrowingCallable deletion, String what, String reason, String unprotected) {
    assertThatThrownBy(deletion)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot %s: %s\nHINT: call unprotect() on %s first"
                .formatted(what, reason, unprotected));
  }
}
