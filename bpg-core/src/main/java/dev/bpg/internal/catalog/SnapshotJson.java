package dev.bpg.internal.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord.Mark;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A snapshot's record as JSON and back. */
final class SnapshotJson extends JsonForm<SnapshotRecord> {

  private static final int SCHEMA_VERSION = 1;

  SnapshotJson() {
    super(SCHEMA_VERSION);
  }

  @Override
  void fill(ObjectNode root, SnapshotRecord record) {
    root.put("id", record.id().value());
    root.put("branch", record.branch().value());
    record.label().ifPresent(label -> root.put("label", label));
    record.schedule().ifPresent(schedule -> root.put("schedule", schedule));
    record.mark().ifPresent(mark -> fill(root.putObject("mark"), mark));
    root.put("state", record.state().name());
    root.put("storage", record.storage());
    root.put("runtime", record.runtime());
    JsonParts.build(root, record.build());
    JsonParts.settings(root, record.settings());
    JsonParts.origin(root, record.origin());
    root.put("finishedAt", record.finishedAt().toString());
    root.put("timeline", record.timeline());
    root.put("size", record.size());
    root.put("createdAt", record.createdAt().toString());
  }

  @Override
  SnapshotRecord value(JsonFields root) throws IOException {
    return new SnapshotRecord(
        new BranchId(root.text("id")),
        new BranchId(root.text("branch")),
        root.optionalText("label"),
        root.optionalText("schedule"),
        mark(root),
        State.valueOf(root.text("state")),
        root.text("storage"),
        root.text("runtime"),
        JsonParts.build(root),
        JsonParts.settings(root),
        JsonParts.origin(root),
        Instant.parse(root.text("finishedAt")),
        root.integer("timeline"),
        root.number("size"),
        Instant.parse(root.text("createdAt")));
  }

  private static void fill(ObjectNode node, Mark mark) {
    node.put("name", mark.name());
    JsonParts.origin(node, mark.origin());
  }

  private static Optional<Mark> mark(JsonFields root) throws IOException {
    Optional<JsonFields> mark = root.optionalObject("mark");
    return mark.isPresent()
        ? Optional.of(new Mark(mark.get().text("name"), JsonParts.origin(mark.get())))
        : Optional.empty();
  }
}
