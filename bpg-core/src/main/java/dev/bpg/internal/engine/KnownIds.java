package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ids that records know: of branches, of what they were and are becoming, of snapshots. */
final class KnownIds {

  private KnownIds() {}

  /**
   * Reads all records. Twice, because one that is renamed meanwhile can be missing from a listing.
   *
   * @throws UnavailableException if a record cannot be read: what is its would seem to be nobody's
   */
  static Set<BranchId> of(Parts parts) throws IOException {
    refuseUnreadable(parts);
    Set<BranchId> ids = readable(parts);
    refuseUnreadable(parts);
    return ids;
  }

  /** The same without those that cannot be read. */
  static Set<BranchId> readable(Parts parts) throws IOException {
    Set<BranchId> ids = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      parts.catalog().list().forEach(branch -> ids.addAll(branch.allIds()));
      parts.snapshots().list().forEach(snapshot -> ids.add(snapshot.id()));
    }
    return ids;
  }

  /** The ids of temporary branches. */
  static Set<BranchId> ofTemporary(Parts parts) throws IOException {
    Set<BranchId> ids = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      parts.catalog().list().stream()
          .filter(BranchRecord::temporary)
          .forEach(branch -> ids.addAll(branch.allIds()));
    }
    return ids;
  }

  private static void refuseUnreadable(Parts parts) throws IOException {
    List<BpgException> unreadable = new ArrayList<>(parts.catalog().unreadable());
    unreadable.addAll(parts.snapshots().unreadable());
    if (!unreadable.isEmpty()) {
      BpgException first = unreadable.get(0);
      throw new UnavailableException(
          "look for",
          "orphans",
          "what is recorded in "
              + first.subject()
              + " would be taken for one, which cannot be read: "
              + first.reason(),
          first.hint(),
          first);
    }
  }
}
