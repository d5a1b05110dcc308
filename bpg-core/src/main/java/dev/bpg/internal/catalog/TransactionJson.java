package dev.bpg.internal.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A transaction as JSON and back. */
final class TransactionJson extends JsonForm<CatalogTransaction> {

  private final BranchJson branches = new BranchJson();

  TransactionJson() {
    // Its records have no version of their own: what changes theirs changes this one.
    super(BranchJson.SCHEMA_VERSION);
  }

  @Override
  void fill(ObjectNode root, CatalogTransaction transaction) {
    ArrayNode puts = root.putArray("puts");
    transaction.puts().forEach(record -> branches.fill(puts.addObject(), record));
    ArrayNode removals = root.putArray("removals");
    transaction.removals().forEach(name -> removals.add(name.toString()));
  }

  @Override
  CatalogTransaction value(JsonFields root) throws IOException {
    List<BranchRecord> puts = new ArrayList<>();
    for (JsonFields record : root.objects("puts")) {
      puts.add(branches.value(record));
    }
    return new CatalogTransaction(
        puts, root.texts("removals").stream().map(BranchName::parse).toList());
  }
}
