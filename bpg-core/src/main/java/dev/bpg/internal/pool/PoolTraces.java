package dev.bpg.internal.pool;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Catalog;
import dev.bpg.internal.lease.Slots;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What pools of dead processes leave: slots and tokens.
 *
 * @param slots the slots of a home
 * @param folder where the tokens are
 */
public record PoolTraces(Slots slots, Path folder) {

  /**
   * Clears the tokens of dead processes away: those without a record, because a token is made after
   * its branch's record and deleted before it.
   */
  public void clearTokens(Catalog catalog) throws IOException {
    Map<Tokens, List<Tokens.Waiting>> before = new HashMap<>();
    for (Tokens tokens : Tokens.all(folder)) {
      before.put(tokens, tokens.list());
    }
    if (before.values().stream().allMatch(List::isEmpty)) {
      return;
    }
    Set<BranchId> there = catalog.list().stream().map(BranchRecord::id).collect(Collectors.toSet());
    for (Map.Entry<Tokens, List<Tokens.Waiting>> entry : before.entrySet()) {
      for (Tokens.Waiting waiting : entry.getValue()) {
        if (!there.contains(waiting.id())) {
          entry.getKey().claim(waiting.id());
        }
      }
    }
  }
}
