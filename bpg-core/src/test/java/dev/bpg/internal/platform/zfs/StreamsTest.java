package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsTest {

  private static final int BYTES = 4 << 20;

  private TestZfs test;
  private Zfs zfs;
  private Streams streams;
  private DatasetName source;
  private DatasetName target;
  private Path folder;
  private SnapshotName first;

  @BeforeEach
  void make() throws IOException {
    test = TestZfs.make();
    zfs = test.zfs();
    streams = zfs.streams();
    source = test.create("source");
    target = test.root().child("target");
    folder = test.mount(source);
    byte[] bytes = new byte[BYTES];
    new Random(1).nextBytes(bytes);
    Files.write(folder.resolve("file"), bytes);
    first = test.snapshot(source, "first");
  }

  @AfterEach
  void destroy() throws IOException {
    if (test != null) {
      test.close();
    }
  }

  private byte[] sent(SendRequest request) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    streams.send(request, stream, StreamProgress.NONE);
    return stream.toByteArray();
  }

  private void receive(ReceiveRequest request, byte[] stream) throws IOException {
    streams.receive(request, new ByteArrayInputStream(stream), StreamProgress.NONE);
  }

  private ReceiveRequest asFirst() {
    return ReceiveRequest.as(target.snapshot("first")).with(TestZfs.unmounted());
  }

  @Test
  void carryASnapshotAndWhatChangedSince() throws IOException {
    List<Long> progress = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    streams.send(SendRequest.of(first), stream, progress::add);
    assertThat(progress).isSorted().last().isEqualTo((long) stream.size());
    assertThat(streams.estimate(SendRequest.of(first))).isBetween((long) BYTES, 2L * BYTES);
    progress.clear();
    streams.receive(asFirst(), new ByteArrayInputStream(stream.toByteArray()), progress::add);
    assertThat(progress).last().isEqualTo((long) stream.size());

    Files.writeString(folder.resolve("file"), "changed");
    SnapshotName second = test.snapshot(source, "second");
    byte[] changes = sent(SendRequest.of(second).since(first));
    assertThat(changes.length).isLessThan(BYTES / 10);
    receive(ReceiveRequest.as(target.snapshot("second")), changes);

    assertThat(test.mount(target).resolve("file")).hasContent("changed");
    assertThat(zfs.properties().snapshots(target))
        .containsExactlyInAnyOrder(target.snapshot("first"), target.snapshot("second"));
    assertThat(zfs.properties().of(target).own("canmount")).contains("noauto");
  }

  @Test
  void goThroughFilesAndStartAtBookmarks() throws IOException {
    Path file = folder.resolveSibling("stream");
    streams.send(SendRequest.of(first), file, StreamProgress.NONE);
    assertThatThrownBy(() -> streams.send(SendRequest.of(first), file, StreamProgress.NONE))
        .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
    streams.receive(asFirst(), file, StreamProgress.NONE);
    BookmarkName bookmark = source.bookmark("first");
    zfs.bookmarks().create(first, bookmark);
    zfs.snapshots().destroy(first, Needed.FAIL);
    SnapshotName second = test.snapshot(source, "second");
    receive(
        ReceiveRequest.as(target.snapshot("second")), sent(SendRequest.of(second).since(bookmark)));
    assertThat(zfs.snapshots().exists(target.snapshot("second"))).isTrue();
  }

  @Test
  void thatBreakOffAreResumed() throws IOException {
    byte[] stream = sent(SendRequest.of(first));
    byte[] part = Arrays.copyOf(stream, stream.length / 2);
    assertThatThrownBy(() -> receive(asFirst().resumably(), part))
        .isInstanceOfSatisfying(
            ZfsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_STREAM));
    ResumeToken token = streams.brokenOff(target).orElseThrow();
    assertThat(token.snapshot()).isEqualTo(first);
    assertThat(token.bytes()).isPositive();
    byte[] rest = sent(streams.resuming(token));
    assertThat(rest.length).isLessThan(stream.length);
    receive(asFirst().resumably(), rest);
    assertThat(streams.brokenOff(target)).isEmpty();
    assertThat(test.mount(target).resolve("file")).hasSameBinaryContentAs(folder.resolve("file"));
  }

  @Test
  void thatBreakOffAreAbandoned() throws IOException {
    byte[] full = sent(SendRequest.of(first));
    receive(asFirst(), full);
    byte[] bytes = new byte[BYTES];
    new Random(2).nextBytes(bytes);
    Files.write(folder.resolve("other"), bytes);
    SnapshotName second = test.snapshot(source, "second");
    byte[] changes = sent(SendRequest.of(second).since(first));
    ReceiveRequest asSecond = ReceiveRequest.as(target.snapshot("second")).resumably();
    assertThatThrownBy(() -> receive(asSecond, Arrays.copyOf(changes, changes.length / 2)))
        .isInstanceOf(ZfsException.class);
    ResumeToken token = streams.brokenOff(target).orElseThrow();
    assertThat(streams.resuming(token).from()).contains(first.toString());
    streams.abandon(target);
    assertThat(streams.brokenOff(target)).isEmpty();
    receive(asSecond, changes);
    assertThat(zfs.snapshots().exists(target.snapshot("second"))).isTrue();
    Errors.assertFails(
        Kind.NOT_FOUND,
        "cannot abandon receiving " + target + ": nothing was received that can be resumed",
        () -> streams.abandon(target));
  }

  @Test
  void saysWhyOneIsNotSent() throws IOException {
    SnapshotName none = source.snapshot("none");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot send snapshot " + none + ": there is no such snapshot",
        () -> sent(SendRequest.of(none)));
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot send snapshot " + first + ": there is no " + none,
        () -> sent(SendRequest.of(first).since(none)));
    SnapshotName second = test.snapshot(source, "second");
    Errors.assertFails(
        Kind.UNRELATED,
        18,
        "cannot send snapshot " + first + ": it does not descend from " + second,
        () -> sent(SendRequest.of(first).since(second)));
  }

  @Test
  void saysWhyOneIsNotReceived() throws IOException {
    byte[] full = sent(SendRequest.of(first));
    SnapshotName second = test.snapshot(source, "second");
    byte[] changes = sent(SendRequest.of(second).since(first));
    String cannot = "cannot receive snapshot " + target;
    SnapshotName orphan = target.child("below").snapshot("s");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot receive snapshot " + orphan + ": there is no dataset to have " + orphan.dataset(),
        () -> receive(ReceiveRequest.as(orphan), full));
    receive(asFirst(), full);
    Errors.assertFails(
        Kind.EXISTS,
        17,
        cannot + "@first: there is such a snapshot",
        () -> receive(asFirst(), full));
    Errors.assertFails(
        Kind.EXISTS,
        17,
        cannot + "@other: there is a dataset " + target + ", and the stream is a full one",
        () -> receive(ReceiveRequest.as(target.snapshot("other")), full));
    DatasetName other = test.create("other");
    test.snapshot(other, "x");
    Errors.assertFails(
        Kind.UNRELATED,
        19,
        "cannot receive snapshot "
            + other
            + "@s: the dataset has not the snapshot that the stream's changes are since",
        () -> receive(ReceiveRequest.as(other.snapshot("s")), changes));
    Files.writeString(test.mount(target).resolve("new"), "changed here");
    Errors.assertFails(
        Kind.BUSY,
        26,
        cannot + "@second: the dataset was changed since the snapshot that it has",
        () -> receive(ReceiveRequest.as(target.snapshot("second")), changes));
    receive(ReceiveRequest.as(target.snapshot("second")).rollingBack(), changes);
  }
}
