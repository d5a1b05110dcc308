package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import java.util.List;
import java.util.Optional;

/** Finds branches that are there. Thread-safe. */
public final class BranchLookup {

  private final Parts parts;
  private final ExistingBranches existing;

  BranchLookup(Parts parts) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
  }

  /** The branch of a name. */
  public BranchRecord get(BranchName name) {
    return ready("find branch", name, name)
        .orElseThrow(
            () ->
                new NotFoundException(
                    name.isMain() ? "find database" : "find branch",
                    name.isMain() ? name.database() : name.toString(),
                    "it does not exist",
                    name.isMain()
                        ? "create it with Databases.create(\"" + name.database() + "\")"
                        : "list what exists with Branches.list()"));
  }

  /** The branch of a name and an id; empty if it is not there. */
  public Optional<BranchRecord> find(BranchName name, BranchId id) {
    return ready("find branch", name, name).filter(record -> record.isOrWas(id));
  }

  private Optional<BranchRecord> ready(String operation, Object subject, BranchName name) {
    return Attempt.to(operation, subject, () -> parts.catalog().find(name))
        .filter(record -> record.state() == State.READY);
  }

  /** All, by name. */
  public List<BranchRecord> list() {
    return ready("list", "all branches", () -> parts.catalog().list());
  }

  /**
   * All temporary ones, half made and half deleted ones too; an interrupt waits until it is done.
   */
  public List<BranchRecord> temporary() {
    return Attempt.to(
        "list",
        "temporary branches",
        () ->
            Uninterruptibly.call(() -> parts.catalog().list()).stream()
                .filter(BranchRecord::temporary)
                .toList());
  }

  /** All of a database, by name. */
  public List<BranchRecord> list(String database) {
    BranchName.main(database);
    return ready("list the branches of", database, () -> parts.catalog().list(database));
  }

  private static List<BranchRecord> ready(
      String operation, String subject, Attempt.Action<List<BranchRecord>> listing) {
    return Attempt.to(operation, subject, listing).stream()
        .filter(record -> record.state() == State.READY)
        .toList();
  }

  /** The branch that a branch was made from, whatever it is called now. */
  public BranchRecord parentOf(String operation, BranchRecord branch) {
    return Attempt.to(operation, branch.name(), () -> existing.parent(operation, branch));
  }

  /** The branch as it is now, or as it was last if it is gone. */
  public BranchRecord latest(BranchRecord branch) {
    return Attempt.to("find branch", branch.name(), () -> existing.locate(branch)).orElse(branch);
  }

  /** The main branch of a database, which may have been another one, or that one if it is gone. */
  public BranchRecord mainOf(BranchRecord main) {
    BranchName name = BranchName.main(latest(main).name().database());
    return ready("find database", name.database(), name).orElse(main);
  }
}
