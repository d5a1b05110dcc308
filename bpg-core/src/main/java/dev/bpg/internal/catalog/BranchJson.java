package dev.bpg.internal.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bpg.internal.catalog.BranchRecord.Parent;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A branch's record as JSON and back. */
final class BranchJson extends JsonForm<BranchRecord> {

  // 2: incarnations and policies, which older code would drop when it writes the record again.
  static final int SCHEMA_VERSION = 2;

  BranchJson() {
    super(SCHEMA_VERSION);
  }

  @Override
  void fill(ObjectNode root, BranchRecord record) {
    root.put("name", record.name().toString());
    root.put("id", record.id().value());
    record
        .parent()
        .ifPresent(
            parent ->
                root.putObject("parent")
                    .put("name", parent.name().toString())
                    .put("id", parent.id().value()));
    root.put("state", record.state().name());
    JsonParts.undo(root, record.undo());
    root.put("storage", record.storage());
    root.put("runtime", record.runtime());
    JsonParts.build(root, record.build());
    JsonParts.settings(root, record.settings());
    JsonParts.origin(root, record.origin());
    root.put("createdAt", record.createdAt().toString());
    PolicyJson.fill(root, record.policy());
    incarnations(root, record.incarnations());
    record.owner().ifPresent(owner -> root.put("owner", owner));
    record.port().ifPresent(port -> root.put("port", port));
  }

  private static void incarnations(ObjectNode root, Incarnations incarnations) {
    JsonParts.ids(root, "earlier", incarnations.earlier());
    JsonParts.ids(root, "stale", incarnations.stale());
    if (incarnations.resume()) {
      root.put("resume", true);
    }
  }

  @Override
  BranchRecord value(JsonFields root) throws IOException {
    Optional<JsonFields> parent = root.optionalObject("parent");
    return new BranchRecord(
        BranchName.parse(root.text("name")),
        new BranchId(root.text("id")),
        parent.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Parent(
                    BranchName.parse(parent.get().text("name")),
                    new BranchId(parent.get().text("id")))),
        State.valueOf(root.text("state")),
        JsonParts.undo(root),
        root.text("storage"),
        root.text("runtime"),
        JsonParts.build(root),
        JsonParts.settings(root),
        JsonParts.origin(root),
        Instant.parse(root.text("createdAt")),
        PolicyJson.read(root),
        new Incarnations(
            JsonParts.ids(root, "earlier"), JsonParts.ids(root, "stale"), root.flag("resume")),
        root.optionalText("owner"),
        root.optionalText("port").isPresent()
            ? OptionalInt.of(root.integer("port"))
            : OptionalInt.empty());
  }
}
