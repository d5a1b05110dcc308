package dev.bpg.internal.catalog;

import dev.bpg.model.BranchName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A change of several records that happens whole or not at all.
 *
 * @param puts the records that are there afterwards, under their names, whatever was there before
 * @param removals the names under which there is nothing afterwards
 */
public record CatalogTransaction(List<BranchRecord> puts, List<BranchName> removals) {

  /** Copies the lists. */
  public CatalogTransaction {
    puts = List.copyOf(puts);
    removals = List.copyOf(removals);
  }

  /** All names that it concerns. Whoever commits it holds their locks exclusively. */
  public Set<BranchName> names() {
    Set<BranchName> names = new TreeSet<>(removals);
    puts.forEach(record -> names.add(record.name()));
    return names;
  }
}
