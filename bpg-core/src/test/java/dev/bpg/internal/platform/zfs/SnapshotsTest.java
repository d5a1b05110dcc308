package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest {

  private TestZfs test;
  private Snapshots snapshots;
  private SnapshotName ofA;
  private SnapshotName ofB;

  @BeforeEach
  void make() throws IOException {
    test = TestZfs.make();
    snapshots = test.zfs().snapshots();
    ofA = test.create("a").snapshot("s");
    ofB = test.create("b").snapshot("s");
  }

  @AfterEach
  void destroy() throws IOException {
    if (test != null) {
      test.close();
    }
  }

  private void createBoth() throws ZfsException {
    snapshots.create(List.of(ofA, ofB), PropertySettings.none().with("bpg:id", "x"));
  }

  @Test
  void areMadeOfSeveralDatasetsAtOneInstant() throws ZfsException {
    createBoth();
    PropertyList a = test.zfs().properties().of(ofA);
    PropertyList b = test.zfs().properties().of(ofB);
    assertThat(a.number("createtxg")).isEqualTo(b.number("createtxg"));
    assertThat(a.own("bpg:id")).contains("x");
    assertThat(test.zfs().properties().of(ofA.dataset()).text("bpg:id")).isEmpty();
  }

  @Test
  void areMadeAllOrNoneAndNamesThatFailAreTold() throws ZfsException {
    snapshots.create(ofB, PropertySettings.none());
    ZfsException e =
        Errors.assertFails(
            Kind.EXISTS,
            17,
            "cannot create snapshots " + ofA + ", " + ofB + ": there is a snapshot " + ofB,
            this::createBoth);
    assertThat(e.entries()).isEqualTo(Map.of(ofB.toString(), 17));
    assertThat(snapshots.exists(ofA)).isFalse();
  }

  @Test
  void areNotMadeOfADatasetThatIsNotThere() {
    SnapshotName none = test.root().child("none").snapshot("s");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot create snapshot " + none + ": there is no dataset " + none,
        () -> snapshots.create(none, PropertySettings.none()));
  }

  @Test
  void areOfOnePoolAndOneOfEachDataset() {
    SnapshotName elsewhere = new DatasetName("nosuchpool").snapshot("s");
    Errors.assertFails(
        Kind.OTHER_POOL,
        18,
        "cannot create snapshots " + ofA + ", " + elsewhere + ": not all of it is in one pool",
        () -> snapshots.create(List.of(ofA, elsewhere), PropertySettings.none()));
    assertThatThrownBy(
            () ->
                snapshots.create(
                    List.of(ofA, ofA.dataset().snapshot("t")), PropertySettings.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two snapshots of " + ofA.dataset() + " in one call");
  }

  @Test
  void areDestroyedAllOrNoneAndMissingOnesPassedOver() throws ZfsException {
    createBoth();
    DatasetName clone = test.root().child("clone");
    test.zfs().datasets().clone(ofB, clone, TestZfs.unmounted());
    ZfsException e =
        Errors.assertFails(
            Kind.HAS_CLONES,
            17,
            "cannot destroy snapshots " + ofA + ", " + ofB + ": there are clones of " + ofB,
            () -> snapshots.destroy(List.of(ofA, ofB), Needed.FAIL));
    assertThat(e.entries()).isEqualTo(Map.of(ofB.toString(), 17));
    assertThat(snapshots.exists(ofA)).isTrue();

    snapshots.destroy(List.of(ofA, ofA.dataset().snapshot("none")), Needed.FAIL);
    assertThat(snapshots.exists(ofA)).isFalse();
  }

  @Test
  void goLaterWithTheirLastClone() throws ZfsException {
    createBoth();
    DatasetName clone = test.root().child("clone");
    test.zfs().datasets().clone(ofB, clone, TestZfs.unmounted());
    snapshots.destroy(List.of(ofA, ofB), Needed.LATER);
    assertThat(snapshots.exists(ofA)).isFalse();
    assertThat(test.zfs().properties().of(ofB).text("defer_destroy")).contains("on");
    test.zfs().datasets().destroy(clone);
    assertThat(snapshots.exists(ofB)).isFalse();
  }

  @Test
  void whatTheyWouldFreeIsKnown() throws IOException {
    createBoth();
    SnapshotName later = test.snapshot(ofA.dataset(), "later");
    assertThat(snapshots.freedBy(ofA, later)).isNotNegative();
    Errors.assertFails(
        Kind.UNRELATED,
        "cannot estimate snapshots "
            + later
            + " to "
            + ofA
            + ": the one is not after the other in one dataset",
        () -> snapshots.freedBy(later, ofA));
  }
}
