package dev.bpg.internal.archive;

import dev.bpg.internal.platform.FileFailures;
import dev.bpg.internal.wal.WalPageHeader;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What the names and sizes of an archive's files say, gathered in one pass. */
final class Listing {

  private final WalSegments segments;
  private final SortedMap<Integer, SegmentNumbers> timelines =
      new TreeMap<>(Integer::compareUnsigned);
  private long bytes;

  private Listing(WalSegments segments) {
    this.segments = segments;
  }

  static ArchiveInfo info(ArchiveFiles store, WalSegments segments) throws IOException {
    Listing listing = new Listing(segments);
    store.list(listing::add);
    List<ArchivedTimeline> timelines = new ArrayList<>();
    listing.timelines.forEach(
        (timeline, numbers) -> timelines.add(numbers.describe(timeline, segments)));
    return new ArchiveInfo(
        timelines.stream().mapToLong(ArchivedTimeline::segments).sum(), listing.bytes, timelines);
  }

  private void add(ArchivedFile file) {
    bytes += file.bytes();
    if (file.isSegment() && segments.isNameOfThisSize(file.name())) {
      timelines
          .computeIfAbsent(WalSegments.timelineOf(file.name()), id -> new SegmentNumbers())
          .add(segments.numberOf(file.name()));
    }
  }

  /** The files about WAL before the segment that holds a position, the oldest first. */
  static List<ArchivedFile> before(ArchiveFiles store, WalSegments segments, Optional<Lsn> position)
      throws IOException {
    // Timelines do not matter: what is before a position is so on each of them.
    String limit = position.map(lsn -> place(segments.name(0, segments.numberAt(lsn)))).orElse("G");
    List<ArchivedFile> files =
        files(store, file -> !file.isHistory() && place(file.name()).compareTo(limit) < 0);
    files.sort(
        Comparator.comparing((ArchivedFile file) -> place(file.name()))
            .thenComparing(ArchivedFile::storedName));
    return files;
  }

  private static String place(String name) {
    return name.substring(8, WalSegments.LENGTH_OF_NAME);
  }

  /** The header of the first segment, if there is one. */
  static Optional<WalPageHeader> identify(ArchiveFiles store) throws IOException {
    AtomicReference<ArchivedFile> first = new AtomicReference<>();
    store.list(
        file -> {
          ArchivedFile before = first.get();
          if (file.isSegment() && (before == null || file.name().compareTo(before.name()) < 0)) {
            first.set(file);
          }
        });
    if (first.get() == null) {
      return Optional.empty();
    }
    try (InputStream content = Content.open(store, first.get())) {
      return Optional.of(WalPageHeader.read(content));
    } catch (IOException e) {
      throw new IOException(first.get().storedName() + ": " + FileFailures.reason(e), e);
    }
  }

  /** The files of some kind, in the order of their names. */
  static List<ArchivedFile> files(ArchiveFiles store, Predicate<ArchivedFile> wanted)
      throws IOException {
    List<ArchivedFile> files = new ArrayList<>();
    store.list(
        file -> {
          if (wanted.test(file)) {
            files.add(file);
          }
        });
    files.sort(Comparator.comparing(ArchivedFile::storedName));
    return files;
  }
}
