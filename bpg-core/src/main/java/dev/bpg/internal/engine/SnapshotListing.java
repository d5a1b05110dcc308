package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Snapshots with the branches that they were taken of, as they are called now; the oldest first.
 * Without marks, which are their branches' business.
 *
 * @param entries what was found
 */
public record SnapshotListing(List<Entry> entries) {

  /** Copies the list. */
  public SnapshotListing {
    entries = List.copyOf(entries);
  }

  /** A snapshot and its branch. */
  public record Entry(SnapshotRecord snapshot, BranchRecord branch) {}

  static SnapshotListing of(Parts parts) throws IOException {
    Map<BranchId, BranchRecord> branches = new HashMap<>();
    for (BranchRecord branch : parts.catalog().list()) {
      if (branch.state() == State.READY) {
        branch.ids().forEach(id -> branches.put(id, branch));
      }
    }
    List<Entry> entries = new ArrayList<>();
    for (SnapshotRecord snapshot : parts.snapshots().list()) {
      BranchRecord branch = branches.get(snapshot.branch());
      if (branch != null && snapshot.state() == State.READY && snapshot.mark().isEmpty()) {
        entries.add(new Entry(snapshot, branch));
      }
    }
    entries.sort(Comparator.comparing((Entry entry) -> entry.snapshot().createdAt()));
    return new SnapshotListing(entries);
  }

  /** Only some of them. */
  public SnapshotListing where(Predicate<Entry> condition) {
    return new SnapshotListing(entries.stream().filter(condition).toList());
  }
}
