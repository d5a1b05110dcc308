package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Branch;
import dev.bpg.config.StorageType;
import dev.bpg.error.RefusedException;
import dev.bpg.model.SpaceLimits;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Library;
import org.junit.jupiter.api.Test;

class LimitsTest extends EveryStorageContract {

  private static final long MB = 1 << 20;

  @Test
  void aStorageWithoutLimitsRefusesThemBeforeAnythingIsMade() throws Exception {
    assumeTrue(storage.type() != StorageType.ZFS, "this one has limits");
    String reason =
        ": the storage %s has no quotas and no reservations\n"
            + "HINT: leave them out, or keep the database on the storage zfs";
    String name = bpg.getBranch(Library.SHOP).storage();

    assertThatThrownBy(() -> bpg.from(Library.SHOP).quota(MB).create())
        .isInstanceOf(RefusedException.class)
        .hasMessage("cannot limit the space of a branch of shop/main" + reason, name);
    assertThatThrownBy(() -> bpg.newDatabase("limited").reservation(MB).create())
        .isInstanceOf(RefusedException.class)
        .hasMessage("cannot limit the space of limited/main" + reason, name);
    assertThatThrownBy(() -> bpg.getBranch(Library.SHOP).limit(SpaceLimits.none().withQuota(MB)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("cannot limit the space of shop/main" + reason, name);
    assertNothingChanged();
  }

  @Test
  @Ability("Quota and reservation of each branch")
  void aBranchHasItsOwnLimitsUntilTheyAreChanged() throws Exception {
    assumeTrue(storage.type() == StorageType.ZFS, "the others have no limits");
    Branch branch = bpg.from(Library.SHOP).quota(64 * MB).reservation(MB).create();
    assertThat(branch.limits())
        .isEqualTo(SpaceLimits.none().withQuota(64 * MB).withReservation(MB));
    assertThat(branch.branch().create().limits()).isEqualTo(SpaceLimits.none());
    branch.limit(SpaceLimits.none());
    assertThat(branch.limits()).isEqualTo(SpaceLimits.none());
  }
}
