package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Branch;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.CloneMethod;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Library;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A branch says how its data was really taken. */
class OriginTest extends EveryStorageContract {

  @Test
  void consistentOfARunningParentIsTakenInBackupMode() throws Exception {
    Instant before = Instant.now();
    String lsn = query(library.shop(), "SELECT pg_current_wal_lsn()");

    BranchOrigin origin = bpg.from(Library.SHOP).create().origin();

    assertThat(origin.mode()).isEqualTo(BranchMode.CONSISTENT);
    assertThat(origin.method())
        .isEqualTo(storage.isAtomic() ? CloneMethod.SNAPSHOT_IN_BACKUP : CloneMethod.BACKUP);
    assertThat(origin.takenAt()).isBetween(before, Instant.now());
    assertInOrder(lsn, origin.startLsn().orElseThrow(), origin.stopLsn().orElseThrow());
  }

  @Test
  @Ability("Fast branches: a parent that runs, in one snapshot")
  void fastOfARunningParentIsOneSnapshotWhereThatIsPossible() throws Exception {
    assumeTrue(storage.isAtomic(), "files are cloned one after the other");
    BranchOrigin origin = bpg.from(Library.SHOP).fast().create().origin();

    assertThat(origin.mode()).isEqualTo(BranchMode.FAST);
    assertThat(origin.method()).isEqualTo(CloneMethod.SNAPSHOT);
    assertThat(origin.startLsn()).isEmpty();
    assertThat(origin.stopLsn()).isEmpty();
  }

  @Test
  void fastOfARunningParentIsABackupWhereItCannotBeOneSnapshot() throws Exception {
    assumeFalse(storage.isAtomic(), "a snapshot is taken at one instant");
    BranchOrigin origin = bpg.from(Library.SHOP).fast().create().origin();

    assertThat(origin.mode()).isEqualTo(BranchMode.FAST);
    assertThat(origin.method()).isEqualTo(CloneMethod.BACKUP);
    assertInOrder(origin.startLsn().orElseThrow(), origin.stopLsn().orElseThrow());
  }

  @Test
  void aBranchLiesOnItsParentsStorageAndBelongsToItsBuild() {
    Branch branch = bpg.from(Library.SHOP).create();

    assertThat(branch.storage()).isEqualTo(storage.type().name().toLowerCase(Locale.ROOT));
    assertThat(branch.build()).isEqualTo(library.shop().build());
    if (storage.isInDocker()) {
      assertThat(branch.build().origin()).startsWith("docker:").contains("@sha256:");
    } else {
      assertThat(branch.build().origin()).isEqualTo("embedded");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStoppedParentsFilesAreTakenAsTheyAre(BranchMode mode) {
    Branch parent = parent().stop();

    BranchOrigin origin =
        (mode == BranchMode.FAST ? parent.branch().fast() : parent.branch()).create().origin();

    assertThat(origin.mode()).isEqualTo(mode);
    assertThat(origin.method()).isEqualTo(CloneMethod.STOPPED);
    assertThat(origin.startLsn()).isEmpty();
    assertThat(origin.stopLsn()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aTemporaryParentDoesNotWaitForTheDiskAndSoIsBackedUp(BranchMode mode) {
    Branch parent = bpg.from(Library.SHOP).fast().createTemporary();

    BranchOrigin origin =
        (mode == BranchMode.FAST ? parent.branch().fast() : parent.branch())
            .createTemporary()
            .origin();

    assertThat(origin.method()).isEqualTo(CloneMethod.BACKUP);
  }

  @Test
  void theOriginIsKept() {
    Branch branch = bpg.from(Library.SHOP).create();

    assertThat(bpg.getBranch(branch.name()).origin()).isEqualTo(branch.origin());
  }

  private void assertInOrder(String... lsns) throws Exception {
    for (int i = 1; i < lsns.length; i++) {
      assertThat(
              query(
                  library.shop(),
                  "SELECT '" + lsns[i - 1] + "'::pg_lsn <= '" + lsns[i] + "'::pg_lsn"))
          .as(lsns[i - 1] + " <= " + lsns[i])
          .isEqualTo("t");
    }
  }
}
