package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.ChildJvm;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldsTest {

  private TestZfs test;
  private Holds holds;
  private SnapshotName snapshot;

  @BeforeEach
  void make() throws IOException {
    test = TestZfs.make();
    holds = test.zfs().holds();
    snapshot = test.snapshot(test.create("a"), "s");
  }

  @AfterEach
  void destroy() throws IOException {
    if (test != null) {
      test.close();
    }
  }

  @Test
  void keepASnapshotUntilClosed() throws ZfsException {
    try (Hold held = holds.whileOpen(List.of(snapshot), "tag")) {
      assertThat(holds.of(snapshot)).containsExactly("tag");
      Errors.assertFails(
          Kind.HELD,
          16,
          "cannot destroy snapshot " + snapshot + ": a hold is on " + snapshot,
          () -> test.zfs().snapshots().destroy(snapshot, Needed.FAIL));
      held.close();
    }
    test.zfs().snapshots().destroy(snapshot, Needed.FAIL);
    assertThat(test.zfs().snapshots().exists(snapshot)).isFalse();
  }

  @Test
  void endWithTheProcessThatHasThem() throws Exception {
    try (ChildJvm child = ChildJvm.start(Holder.class, snapshot)) {
      child.awaitLine("held");
      assertThat(holds.of(snapshot)).containsExactly("child");
      child.kill();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(holds.of(snapshot)).isEmpty());
    }
  }

  /** Holds a snapshot until it is killed. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      Zfs.open().holds().whileOpen(List.of(SnapshotName.of(args[0])), "child");
      System.out.println("held");
      Thread.currentThread().join();
    }
  }

  @Test
  void stayUntilReleasedOtherwise() throws ZfsException {
    holds.hold(snapshot, "one");
    holds.hold(snapshot, "two");
    assertThat(holds.of(snapshot)).containsExactlyInAnyOrder("one", "two");
    Errors.assertFails(
        Kind.EXISTS,
        17,
        "cannot hold snapshot " + snapshot + ": this tag is on " + snapshot,
        () -> holds.hold(snapshot, "one"));
    holds.release(snapshot, "one");
    holds.release(snapshot, "none");
    holds.release(snapshot, "two");
    assertThat(holds.of(snapshot)).isEmpty();
  }

  @Test
  void areNotOnWhatIsNotThere() {
    SnapshotName none = snapshot.dataset().snapshot("none");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot hold snapshots " + snapshot + ", " + none + ": there is no snapshot " + none,
        () -> holds.whileOpen(List.of(snapshot, none), "tag"));
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot list holds of snapshot " + none + ": there is no snapshot " + none,
        () -> holds.of(none));
  }

  @Test
  void aSnapshotThatIsDestroyedLaterGoesWithItsLastHold() throws ZfsException {
    try (Hold held = holds.whileOpen(List.of(snapshot), "tag")) {
      test.zfs().snapshots().destroy(snapshot, Needed.LATER);
      assertThat(test.zfs().snapshots().exists(snapshot)).isTrue();
      held.close();
      assertThat(test.zfs().snapshots().exists(snapshot)).isFalse();
    }
  }

  @Test
  void bookmarksStayWhenTheirSnapshotGoes() throws ZfsException {
    Bookmarks bookmarks = test.zfs().bookmarks();
    DatasetName dataset = snapshot.dataset();
    BookmarkName bookmark = dataset.bookmark("b");
    bookmarks.create(snapshot, bookmark);
    Errors.assertFails(
        Kind.EXISTS,
        17,
        "cannot bookmark snapshot "
            + snapshot
            + " as "
            + bookmark
            + ": there is a bookmark "
            + bookmark,
        () -> bookmarks.create(snapshot, bookmark));
    Errors.assertFails(
        Kind.UNRELATED,
        "cannot bookmark snapshot "
            + snapshot
            + " as "
            + test.root().bookmark("b")
            + ": the snapshot is not in the history of "
            + test.root(),
        () -> bookmarks.create(snapshot, test.root().bookmark("b")));
    test.zfs().snapshots().destroy(snapshot, Needed.FAIL);
    assertThat(bookmarks.of(dataset)).containsExactly(bookmark);
    bookmarks.destroy(bookmark);
    bookmarks.destroy(bookmark);
    assertThat(bookmarks.of(dataset)).isEmpty();
  }
}
