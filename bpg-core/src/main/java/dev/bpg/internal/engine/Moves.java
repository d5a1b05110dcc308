package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchPolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.Parent;
import dev.bpg.internal.catalog.CatalogTransaction;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What changes in the catalog when branches of a database get other names or other places in their
 * tree. Pure functions: volumes, servers, passwords and snapshots go by id, so records are all.
 */
final class Moves {

  private Moves() {}

  /** A branch gets another name. */
  static CatalogTransaction rename(List<BranchRecord> all, BranchRecord branch, BranchName name) {
    return moves(all, Map.of(branch.id(), name), UnaryOperator.identity());
  }

  /** All branches of a database get another one's name. */
  static CatalogTransaction renameDatabase(List<BranchRecord> all, String database) {
    Map<BranchId, BranchName> names = new HashMap<>();
    all.forEach(r -> names.put(r.id(), new BranchName(database, r.name().branch())));
    return moves(all, names, UnaryOperator.identity());
  }

  /** A branch and the main branch change names; the old main becomes a child of the new one. */
  static CatalogTransaction promote(
      List<BranchRecord> all, BranchRecord branch, BranchRecord oldMain) {
    BranchName main = oldMain.name();
    return moves(
        all,
        Map.of(branch.id(), main, oldMain.id(), branch.name()),
        record -> {
          if (record.id().equals(branch.id())) {
            return asMain(record);
          }
          return record.id().equals(oldMain.id())
              ? record.withParent(Optional.of(new Parent(main, branch.id())))
              : record;
        });
  }

  /** A branch becomes another database's main branch, and its descendants go with it. */
  static CatalogTransaction promoteTo(
      List<BranchRecord> all, BranchRecord branch, String database) {
    Map<BranchId, BranchName> names = new HashMap<>();
    tree(all, branch).forEach(r -> names.put(r.id(), new BranchName(database, r.name().branch())));
    names.put(branch.id(), BranchName.main(database));
    return moves(all, names, record -> record.id().equals(branch.id()) ? asMain(record) : record);
  }

  // A main branch has no parent, and goes with its database only.
  private static BranchRecord asMain(BranchRecord record) {
    BranchPolicy policy = record.policy().withExpiresAt(Optional.empty());
    return record.withParent(Optional.empty()).withPolicy(policy);
  }

  // Under another name it is a database like any other, which nobody drops for being unused.
  private static BranchRecord withoutTemplate(BranchRecord record) {
    return record.withPolicy(record.policy().withTemplate(Optional.empty()));
  }

  private static List<BranchRecord> tree(List<BranchRecord> all, BranchRecord root) {
    List<BranchRecord> tree = new ArrayList<>(List.of(root));
    for (int i = 0; i < tree.size(); i++) {
      BranchRecord parent = tree.get(i);
      all.stream()
          .filter(r -> r.parent().filter(p -> parent.isOrWas(p.id())).isPresent())
          .forEach(tree::add);
    }
    return tree;
  }

  private static CatalogTransaction moves(
      List<BranchRecord> all, Map<BranchId, BranchName> names, UnaryOperator<BranchRecord> relink) {
    Map<BranchId, BranchName> byAnyId = new HashMap<>();
    all.forEach(r -> r.ids().forEach(id -> byAnyId.put(id, names.getOrDefault(r.id(), r.name()))));
    List<BranchRecord> puts = new ArrayList<>();
    List<BranchName> left = new ArrayList<>();
    for (BranchRecord record : all) {
      BranchRecord moved =
          relink.apply(
              (names.containsKey(record.id()) ? withoutTemplate(record) : record)
                  .withName(names.getOrDefault(record.id(), record.name()))
                  .withParent(record.parent().map(parent -> renamed(parent, byAnyId))));
      if (!moved.equals(record)) {
        puts.add(moved);
        left.add(record.name());
      }
    }
    Set<BranchName> taken = puts.stream().map(BranchRecord::name).collect(Collectors.toSet());
    left.removeIf(taken::contains);
    return new CatalogTransaction(puts, left);
  }

  private static Parent renamed(Parent parent, Map<BranchId, BranchName> names) {
    return new Parent(names.getOrDefault(parent.id(), parent.name()), parent.id());
  }
}
