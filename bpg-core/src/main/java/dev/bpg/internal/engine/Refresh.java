package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchPolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.CloneScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a database other first data. It is made beside the main branch, as a branch that nobody
 * knows, and takes its place in one change of the catalog; the old main branch stays as a branch,
 * with all that was made from it.
 */
final class Refresh {

  private final DatabaseCreation databases;
  private final PolicyChanges policies;
  private final ExistingBranches existing;
  private final Relocation relocation;
  private final Removal removal;

  Refresh(Parts parts, DatabaseCreation databases, Relocation relocation, Removal removal) {
    this.databases = databases;
    this.policies = new PolicyChanges(parts);
    this.existing = new ExistingBranches(parts);
    this.relocation = relocation;
    this.removal = removal;
  }

  /**
   * Makes the new data and puts it in the main branch's place.
   *
   * @param request what to make, under the name that the old main branch gets
   * @return the new main branch
   */
  BranchRecord run(BranchRecord main, DatabaseRequest request)
      throws IOException, InterruptedException {
    BranchRecord next =
        databases.create(request, Optional.of(new BranchRecord.Parent(main.name(), main.id())));
    try {
      takeOver(existing.current("refresh database", main), next, request.afterClone());
      return relocation.promote(next);
    } catch (Throwable first) {
      deleteAfter(first, next);
      throw first;
    }
  }

  // Of now, for the making may have taken hours. No script that masks data may be lost over it.
  private void takeOver(BranchRecord main, BranchRecord next, List<CloneScript> scripts)
      throws IOException, InterruptedException {
    BranchPolicy policy = main.policy();
    List<CloneScript> all = new ArrayList<>(policy.afterClone());
    scripts.stream().filter(script -> !all.contains(script)).forEach(all::add);
    policies.runAfterClone(next, all);
    policies.idleStop(next, policy.idleStop());
    if (policy.isProtected()) {
      policies.protect(next, true);
    }
  }

  private void deleteAfter(Throwable first, BranchRecord next) {
    try {
      Uninterruptibly.call(
          () -> {
            BranchRecord now = existing.current("refresh database", next);
            if (now.name().isMain()) {
              return next; // It has taken the place already, and only what came after failed.
            }
            if (now.policy().isProtected()) {
              policies.protect(next, false);
            }
            removal.delete(next, false, gone -> {});
            return next;
          });
    } catch (IOException | InterruptedException | RuntimeException e) {
      first.addSuppressed(e);
    }
  }
}
