package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.engine.ResetRequest.Source;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what a branch is reset to. */
final class ResetSource {

  private final Parts parts;

  ResetSource(Parts parts) {
    this.parts = parts;
  }

  /**
   * The branch's parent as it is now.
   *
   * @throws NotFoundException if it is gone
   */
  BranchRecord parent(ResetRequest request, BranchRecord branch) throws IOException {
    return findParent(branch)
        .orElseThrow(
            () ->
                new NotFoundException(
                    request.operation(),
                    branch.name().toString(),
                    "its parent does not exist any more",
                    "list what exists with Branches.list()"));
  }

  private Optional<BranchRecord> findParent(BranchRecord branch) throws IOException {
    if (branch.parent().isEmpty()) {
      return Optional.empty();
    }
    BranchRecord.Parent parent = branch.parent().get();
    return parts
        .catalog()
        .find(parent.name())
        .filter(record -> record.state() == State.READY && record.isOrWas(parent.id()));
  }

  /**
   * The snapshot that is asked for.
   *
   * @throws NotFoundException if there is none
   * @throws RefusedException if the branch was not made of one, and that one is wanted
   */
  SnapshotRecord snapshot(ResetRequest request, BranchRecord branch) throws IOException {
    return switch (request.source()) {
      case ORIGIN -> origin(request, branch);
      case MARK ->
          Marks.require(parts, request.operation(), branch, request.snapshot().orElseThrow());
      default -> named(request, branch, request.snapshot().orElseThrow());
    };
  }

  /**
   * The branch that a snapshot was taken of: itself, its parent, or whatever that is called now.
   *
   * @throws NotFoundException if there is none any more
   */
  BranchRecord owner(ResetRequest request, BranchRecord branch, SnapshotRecord snapshot)
      throws IOException {
    return parts.catalog().list().stream()
        .filter(record -> record.state() == State.READY && record.isOrWas(snapshot.branch()))
        .findFirst()
        .orElseThrow(
            () -> missing(request, branch, "the branch of snapshot " + snapshot.id() + " is gone"));
  }

  private SnapshotRecord origin(ResetRequest request, BranchRecord branch) throws IOException {
    String id =
        branch
            .origin()
            .snapshot()
            .orElseThrow(
                () ->
                    new RefusedException(
                        request.operation(),
                        branch.name().toString(),
                        "it was not made of a snapshot",
                        "use reset() for its parent's present data"));
    return parts
        .snapshots()
        .find(new BranchId(id))
        .filter(record -> record.state() == State.READY)
        .orElseThrow(() -> missing(request, branch, "the snapshot " + id + " is gone"));
  }

  private SnapshotRecord named(ResetRequest request, BranchRecord branch, String wanted)
      throws IOException {
    List<BranchId> ids = new ArrayList<>(branch.ids());
    if (request.source() == Source.SNAPSHOT) {
      findParent(branch).ifPresent(parent -> ids.addAll(parent.ids()));
    }
    String of = request.source() == Source.SNAPSHOT ? "neither it nor its parent has" : "it has";
    String no = request.source() == Source.SNAPSHOT ? " a snapshot " : " no snapshot ";
    return parts.snapshots().list(ids).stream()
        .filter(record -> record.state() == State.READY && record.mark().isEmpty())
        .filter(record -> isCalled(record, wanted))
        .max(Comparator.comparing(SnapshotRecord::createdAt))
        .orElseThrow(() -> missing(request, branch, of + no + wanted));
  }

  private static boolean isCalled(SnapshotRecord record, String wanted) {
    return record.id().value().equals(wanted) || record.label().equals(Optional.of(wanted));
  }

  private static NotFoundException missing(
      ResetRequest request, BranchRecord branch, String reason) {
    return new NotFoundException(
        request.operation(),
        branch.name().toString(),
        reason,
        "list what it has with snapshots() on the branch");
  }
}
