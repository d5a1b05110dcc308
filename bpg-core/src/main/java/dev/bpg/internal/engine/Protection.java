package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.Catalog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Keeps protected branches from being deleted, with whatever they would go. */
final class Protection {

  private final Catalog catalog;

  Protection(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Looks at a branch and all its descendants before any of them is touched.
   *
   * @throws RefusedException if one of them is protected
   */
  void refuse(BranchRecord branch) throws IOException {
    if (isProtected(branch)) {
      throw refused(branch, "it is protected", branch);
    }
    refuseBelow(branch);
  }

  /**
   * Looks at all descendants of a branch.
   *
   * @throws RefusedException if one of them is protected
   */
  void refuseBelow(BranchRecord branch) throws IOException {
    Optional<BranchRecord> inside = protectedBelow(branch, catalog.list(branch.name().database()));
    if (inside.isPresent()) {
      throw refused(
          branch, "its descendant " + inside.get().name() + " is protected", inside.get());
    }
  }

  private static Optional<BranchRecord> protectedBelow(
      BranchRecord parent, List<BranchRecord> records) {
    for (BranchRecord record : records) {
      if (record.parent().filter(p -> parent.isOrWas(p.id())).isEmpty()) {
        continue;
      }
      if (isProtected(record)) {
        return Optional.of(record);
      }
      Optional<BranchRecord> below = protectedBelow(record, records);
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  // What is half made or half deleted is not there any more, and has to be finished.
  private static boolean isProtected(BranchRecord branch) {
    return branch.state() == State.READY && branch.policy().isProtected();
  }

  private static RefusedException refused(
      BranchRecord wanted, String reason, BranchRecord guarded) {
    boolean main = wanted.name().isMain();
    return new RefusedException(
        main ? "delete database" : "delete branch",
        main ? wanted.name().database() : wanted.name().toString(),
        wanted == guarded && main ? "its main branch is protected" : reason,
        "call unprotect() on " + guarded.name() + " first");
  }
}
