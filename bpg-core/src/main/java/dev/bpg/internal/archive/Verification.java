package dev.bpg.internal.archive;

import dev.bpg.internal.archive.ArchiveFinding.Kind;
import dev.bpg.internal.platform.FileFailures;
import dev.bpg.internal.wal.TimelineHistory;
import dev.bpg.internal.wal.WalFormatException;
import dev.bpg.internal.wal.WalReader;
import dev.bpg.internal.wal.WalSegments;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads all of an archive, a page at a time, and tells what is wrong. */
final class Verification {

  private final ArchiveFiles store;
  private final WalSegments segments;
  private final Consumer<ArchiveFinding> findings;
  private final WalReader reader;
  private final Map<Integer, TimelineHistory> histories = new HashMap<>();

  Verification(
      ArchiveFiles store,
      WalSegments segments,
      OptionalLong system,
      Consumer<ArchiveFinding> findings) {
    this.store = store;
    this.segments = segments;
    this.findings = findings;
    this.reader = new WalReader(segments, system, event -> {});
  }

  /** Runs to the end, whatever is found; throws only if the archive cannot be listed. */
  void run() throws IOException {
    List<ArchivedFile> files = Listing.files(store, file -> true);
    for (ArchivedFile file : files) {
      if (file.isHistory()) {
        check(file, () -> readHistory(file));
      }
    }
    new GapCheck(segments, histories, findings).check(Listing.info(store, segments).timelines());
    String before = "";
    for (ArchivedFile file : files) {
      if (file.name().equals(before)) {
        report(Kind.DUPLICATE, file, "the same file is there with another compression too");
      }
      before = file.name();
      if (!file.isHistory()) {
        check(file, () -> read(file));
      }
    }
  }

  private void check(ArchivedFile file, Reading reading) throws IOException {
    try {
      reading.run();
    } catch (WalFormatException e) {
      report(e.isForeign() ? Kind.FOREIGN : Kind.DAMAGED, file, String.valueOf(e.getMessage()));
    } catch (InterruptedIOException e) {
      throw e;
    } catch (NoSuchFileException e) {
      // A cleanup deleted it since it was listed.
      return;
    } catch (IOException e) {
      report(Kind.DAMAGED, file, "it cannot be read: " + FileFailures.reason(e));
    }
  }

  private void report(Kind kind, ArchivedFile file, String reason) {
    findings.accept(new ArchiveFinding(kind, file.storedName(), reason));
  }

  private void readHistory(ArchivedFile file) throws IOException {
    int timeline = Integer.parseUnsignedInt(file.name(), 0, 8, 16);
    histories.put(timeline, Histories.read(store, file, timeline));
  }

  private void read(ArchivedFile file) throws IOException {
    try (InputStream content = Content.open(store, file)) {
      if (file.isBackup()) {
        content.transferTo(java.io.OutputStream.nullOutputStream());
        return;
      }
      String name = file.name().substring(0, WalSegments.LENGTH_OF_NAME);
      if (!segments.isNameOfThisSize(name)) {
        report(
            Kind.FOREIGN,
            file,
            "no segment of " + segments.size() + " bytes, the archive's size, has this name");
        return;
      }
      int timeline = WalSegments.timelineOf(name);
      TimelineHistory history = histories.getOrDefault(timeline, TimelineHistory.unknown(timeline));
      if (file.isPartial()) {
        reader.readPartial(history, segments.numberOf(name), content);
      } else {
        reader.read(history, segments.numberOf(name), content);
      }
    }
  }

  private interface Reading {
    void run() throws IOException;
  }
}
