package dev.bpg.internal.engine;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.catalog.SnapshotRecord.Mark;
import dev.bpg.internal.engine.ExistingBranches.Locked;
import dev.bpg.model.BranchMode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The marks of branches: snapshots by a name that a branch gives once, for it to be set back to. A
 * mark is made under its branch's lock, so that of two callers with one name exactly one makes it.
 */
final class Marks {

  private static final String OPERATION = "mark branch";

  private final Parts parts;
  private final ExistingBranches existing;
  private final StaleIncarnations stale;
  private final SnapshotCreation snapshots;

  Marks(Parts parts, SnapshotCreation snapshots) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
    this.stale = new StaleIncarnations(parts);
    this.snapshots = snapshots;
  }

  /**
   * Marks a branch as it is now.
   *
   * @throws RefusedException if the name is blank
   * @throws AlreadyExistsException if the branch has a mark of that name
   */
  SnapshotRecord create(BranchRecord wanted, String name) throws IOException, InterruptedException {
    if (name.isBlank()) {
      throw new RefusedException(
          OPERATION, wanted.name().toString(), "the mark's name is blank", "give it a name");
    }
    try (Locked own = lock(wanted)) {
      BranchRecord branch = stale.settle(own.record());
      if (find(parts, branch, name).isPresent()) {
        throw new AlreadyExistsException(
            OPERATION,
            branch.name().toString(),
            "it has a mark " + name,
            "take another name, or delete that one with deleteMark(\"" + name + "\")");
      }
      return snapshots.create(
          new SnapshotRequest(
              branch,
              Optional.empty(),
              Optional.empty(),
              Optional.of(new Mark(name, branch.origin())),
              BranchMode.CONSISTENT),
          branch);
    }
  }

  private Locked lock(BranchRecord wanted) throws IOException, InterruptedException {
    existing.current(OPERATION, wanted);
    Locked locked = existing.lockAny(wanted).orElseThrow(() -> existing.gone(OPERATION, wanted));
    if (locked.record().state() != State.READY) {
      locked.close();
      throw existing.gone(OPERATION, wanted);
    }
    return locked;
  }

  /** The names of a branch's marks, the oldest first. */
  List<String> names(BranchRecord wanted) throws IOException {
    return all(parts, existing.current("list the marks of", wanted)).stream()
        .map(Marks::nameOf)
        .toList();
  }

  /** Deletes a mark. */
  SnapshotRecord delete(BranchRecord wanted, String name) throws IOException, InterruptedException {
    SnapshotRecord mark =
        require(parts, "delete a mark of", existing.current("delete a mark of", wanted), name);
    new SnapshotRemoval(parts).delete(mark);
    return mark;
  }

  /**
   * A mark of a branch.
   *
   * @throws NotFoundException if it has none of that name
   */
  static SnapshotRecord require(Parts parts, String operation, BranchRecord branch, String name)
      throws IOException {
    Optional<SnapshotRecord> found = find(parts, branch, name);
    if (found.isPresent()) {
      return found.get();
    }
    List<SnapshotRecord> others = all(parts, branch);
    throw new NotFoundException(
        operation,
        branch.name().toString(),
        "it has no mark "
            + name
            + (others.isEmpty()
                ? ""
                : ", only " + others.stream().map(Marks::nameOf).collect(Collectors.joining(", "))),
        "make it first with mark(\"" + name + "\")");
  }

  private static Optional<SnapshotRecord> find(Parts parts, BranchRecord branch, String name)
      throws IOException {
    return all(parts, branch).stream().filter(record -> nameOf(record).equals(name)).findFirst();
  }

  private static List<SnapshotRecord> all(Parts parts, BranchRecord branch) throws IOException {
    return parts.snapshots().list(branch.ids()).stream()
        .filter(record -> record.state() == State.READY && record.mark().isPresent())
        .sorted(Comparator.comparing(SnapshotRecord::createdAt))
        .toList();
  }

  private static String nameOf(SnapshotRecord record) {
    return record.mark().orElseThrow().name();
  }
}
