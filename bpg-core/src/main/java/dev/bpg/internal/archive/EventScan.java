package dev.bpg.internal.archive;

import dev.bpg.internal.platform.FileFailures;
import dev.bpg.internal.wal.TimelineHistory;
import dev.bpg.internal.wal.WalEvent;
import dev.bpg.internal.wal.WalReader;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Reads the events of a stretch of the WAL along a timeline and its ancestors. */
final class EventScan {

  private final ArchiveFiles store;
  private final WalSegments segments;
  private final TimelineHistory history;
  private final Map<String, ArchivedFile> files = new HashMap<>();

  EventScan(ArchiveFiles store, WalSegments segments, TimelineHistory history, Lsn from, Lsn to)
      throws IOException {
    this.store = store;
    this.segments = segments;
    this.history = history;
    long first = segments.numberAt(from);
    // A record that begins in the last segment may end in a later one.
    long last = segments.numberBefore(to) + WalReader.LONGEST_RECORD / segments.size() + 1;
    store.list(
        file -> {
          if (file.isSegment() && segments.isNameOfThisSize(file.name())) {
            long number = segments.numberOf(file.name());
            if (number >= first && number <= last) {
              files.put(file.name(), file);
            }
          }
        });
  }

  /** Reads from one position up to another, or to the first segment that is missing. */
  void run(Lsn from, Lsn to, Consumer<WalEvent> events) throws IOException {
    AtomicReference<Lsn> left = new AtomicReference<>(to);
    WalReader reader =
        new WalReader(
            segments,
            OptionalLong.empty(),
            event -> {
              boolean inRange = !event.start().isBefore(from) && event.start().isBefore(to);
              if (inRange && !left.get().isBefore(event.end())) {
                events.accept(event);
              }
            });
    long last = segments.numberBefore(to);
    for (long number = segments.numberAt(from); number <= last || reader.isInRecord(); number++) {
      int timeline = timelineOf(number);
      ArchivedFile file = files.get(segments.name(timeline, number));
      if (file == null) {
        return;
      }
      left.set(left(timeline));
      read(reader, timeline, number, file);
    }
  }

  private void read(WalReader reader, int timeline, long number, ArchivedFile file)
      throws IOException {
    try (InputStream content = Content.open(store, file)) {
      // Of the ancestors no more is known than that they are older, which is all that is needed.
      reader.read(
          timeline == history.timeline() ? history : TimelineHistory.unknown(timeline),
          number,
          content);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file.storedName() + ": " + FileFailures.reason(e), e);
    }
  }

  /** The last event between two positions, read from the end on. */
  Optional<WalEvent> last(Lsn from, Lsn to) throws IOException {
    long first = segments.numberAt(from);
    for (long number = segments.numberBefore(to); number >= first; number--) {
      AtomicReference<WalEvent> last = new AtomicReference<>();
      Lsn start = segments.start(number);
      Lsn end = segments.start(number + 1);
      run(from.isBefore(start) ? start : from, end.isBefore(to) ? end : to, last::set);
      if (last.get() != null) {
        return Optional.of(last.get());
      }
    }
    return Optional.empty();
  }

  // The segment in which a timeline was left is there as the next one's too, and whole in that.
  // Until the next one's is archived, the older one's has to do, up to where it was left.
  private int timelineOf(long number) {
    int newest = history.timelineAt(new Lsn(segments.start(number + 1).value() - 1));
    return files.containsKey(segments.name(newest, number))
        ? newest
        : history.timelineAt(segments.start(number));
  }

  // Where a timeline was left on the way to the one that is gone along.
  private Lsn left(int timeline) {
    return history.ancestors().stream()
        .filter(ancestor -> ancestor.timeline() == timeline)
        .map(TimelineHistory.Ancestor::end)
        .findFirst()
        .orElse(new Lsn(-1));
  }
}
