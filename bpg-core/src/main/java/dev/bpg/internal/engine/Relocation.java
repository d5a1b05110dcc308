package dev.bpg.internal.engine;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.BpgException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.Parent;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.CatalogTransaction;
import dev.bpg.internal.catalog.HeldLocks;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives branches other names and other places in their tree, in one change of the catalog. Servers
 * go on running.
 */
final class Relocation {

  private static final Logger LOG = LoggerFactory.getLogger(Relocation.class);

  private static final String RENAME = "rename branch";
  private static final String RENAME_DATABASE = "rename database";
  private static final String PROMOTE = "promote branch";

  private final Parts parts;
  private final ExistingBranches existing;
  private final Removal removal;

  Relocation(Parts parts, Removal removal) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
    this.removal = removal;
  }

  BranchRecord rename(BranchRecord wanted, String branch) throws IOException, InterruptedException {
    return move(
        RENAME,
        wanted,
        current -> {
          refuseMain(
              RENAME,
              current,
              "rename the database with Databases.rename(\"%s\", …)"
                  .formatted(current.name().database()));
          BranchName name = current.name().sibling(branch);
          refuseIfTaken(RENAME, current.name().toString(), name);
          return Moves.rename(all(current), current, name);
        });
  }

  /** Renames the database of a main branch. */
  BranchRecord renameDatabase(BranchRecord wanted, String database)
      throws IOException, InterruptedException {
    return move(
        RENAME_DATABASE,
        wanted,
        current -> {
          refuseIfTaken(RENAME_DATABASE, current.name().database(), database);
          return Moves.renameDatabase(all(current), database);
        });
  }

  BranchRecord promote(BranchRecord wanted) throws IOException, InterruptedException {
    return move(
        PROMOTE,
        wanted,
        current -> {
          refuseMain(PROMOTE, current, "promote another branch");
          refuseTemporary(current);
          List<BranchRecord> all = all(current);
          BranchRecord main =
              all.stream().filter(record -> record.name().isMain()).findFirst().orElseThrow();
          return Moves.promote(all, current, main);
        });
  }

  BranchRecord promoteTo(BranchRecord wanted, String database)
      throws IOException, InterruptedException {
    return move(
        PROMOTE,
        wanted,
        current -> {
          refuseMain(
              PROMOTE,
              current,
              "rename the database with Databases.rename(\"%s\", …)"
                  .formatted(current.name().database()));
          refuseTemporary(current);
          refuseIfTaken(PROMOTE, current.name().toString(), database);
          return Moves.promoteTo(all(current), current, database);
        });
  }

  private interface Plan {
    CatalogTransaction of(BranchRecord current) throws IOException;
  }

  // What has to be locked is known only from the catalog, so it is planned again under the locks,
  // until nothing has changed meanwhile. From then on nobody can branch what is moved.
  private BranchRecord move(String operation, BranchRecord wanted, Plan plan)
      throws IOException, InterruptedException {
    while (true) {
      BranchRecord known = existing.current(operation, wanted);
      try (HeldLocks locks = parts.locks().exclusive(names(known, plan.of(known)))) {
        Optional<BranchRecord> moved = moveUnder(locks, operation, wanted, plan);
        if (moved.isPresent()) {
          return moved.get();
        }
      }
    }
  }

  private Optional<BranchRecord> moveUnder(
      HeldLocks locks, String operation, BranchRecord wanted, Plan plan)
      throws IOException, InterruptedException {
    try {
      BranchRecord current = existing.current(operation, wanted);
      CatalogTransaction now = plan.of(current);
      boolean locked = locks.names().containsAll(names(current, now));
      if (locked) {
        finishAbandoned(now);
        parts.catalog().commit(now);
      }
      return locked ? Optional.of(moved(now, wanted)) : Optional.empty();
    } finally {
      deleteFiles(locks);
    }
  }

  // The lock of a parent keeps its children its own: others rely on that to lock them after it.
  private static Set<BranchName> names(BranchRecord branch, CatalogTransaction transaction) {
    Set<BranchName> names = new TreeSet<>(transaction.names());
    boolean staysChild =
        moved(transaction, branch).parent().map(Parent::id).equals(branch.parent().map(Parent::id));
    if (!staysChild) {
      branch.parent().map(Parent::name).ifPresent(names::add);
    }
    return names;
  }

  private static BranchRecord moved(CatalogTransaction transaction, BranchRecord wanted) {
    return transaction.puts().stream()
        .filter(record -> record.isOrWas(wanted.id()))
        .findFirst()
        .orElseThrow();
  }

  // Whoever finds a record that is not ready while holding its lock knows that its maker is dead.
  private void finishAbandoned(CatalogTransaction transaction)
      throws IOException, InterruptedException {
    for (BranchRecord put : transaction.puts()) {
      Optional<BranchRecord> there = parts.catalog().find(put.name());
      if (there.isPresent()
          && there.get().state() != State.READY
          && !isMoved(there.get(), transaction)) {
        removal.finish(there.get());
      }
    }
  }

  private static boolean isMoved(BranchRecord record, CatalogTransaction transaction) {
    return transaction.puts().stream().anyMatch(put -> put.id().equals(record.id()));
  }

  // The locks of names that nothing has. One that stays does no harm.
  private void deleteFiles(HeldLocks locks) {
    for (BranchName name : locks.names()) {
      try {
        if (parts.catalog().find(name).isEmpty()) {
          locks.deleteFile(name);
        }
      } catch (IOException | BpgException e) {
        LOG.debug("the lock file of {} stays", name, e);
      }
    }
  }

  private List<BranchRecord> all(BranchRecord branch) throws IOException {
    return parts.catalog().all(branch.name().database());
  }

  private static void refuseMain(String operation, BranchRecord branch, String hint) {
    if (branch.name().isMain()) {
      throw new RefusedException(
          operation, branch.name().toString(), "it is its database's main branch", hint);
    }
  }

  private static void refuseTemporary(BranchRecord branch) {
    if (branch.temporary()) {
      throw new RefusedException(
          PROMOTE,
          branch.name().toString(),
          "it is temporary and goes with the process that made it",
          "make it permanent first with keep()");
    }
  }

  private void refuseIfTaken(String operation, String subject, BranchName name) throws IOException {
    if (parts.catalog().find(name).filter(r -> r.state() == State.READY).isPresent()) {
      throw taken(operation, subject, name.toString());
    }
  }

  private void refuseIfTaken(String operation, String subject, String database) throws IOException {
    BranchName.main(database);
    if (parts.catalog().all(database).stream().anyMatch(r -> r.state() == State.READY)) {
      throw taken(operation, subject, database);
    }
  }

  private static AlreadyExistsException taken(String operation, String subject, String name) {
    return new AlreadyExistsException(
        operation, subject, "the name " + name + " is taken", "choose another name");
  }
}
