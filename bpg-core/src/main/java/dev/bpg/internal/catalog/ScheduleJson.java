package dev.bpg.internal.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bpg.internal.catalog.ScheduleRecord.Failure;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchMode;
import dev.bpg.model.SnapshotRetention;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** A schedule's record as JSON and back. */
final class ScheduleJson extends JsonForm<ScheduleRecord> {

  private static final int SCHEMA_VERSION = 1;

  ScheduleJson() {
    super(SCHEMA_VERSION);
  }

  @Override
  void fill(ObjectNode root, ScheduleRecord record) {
    root.put("name", record.name());
    root.put("branch", record.branch().value());
    root.put("cron", record.cron());
    root.put("zone", record.zone().getId());
    root.put("mode", record.mode().name());
    root.putObject("keep")
        .put("last", record.retention().last())
        .put("hourly", record.retention().hourly())
        .put("daily", record.retention().daily())
        .put("weekly", record.retention().weekly())
        .put("monthly", record.retention().monthly());
    root.put("since", record.since().toString());
    record.lastSuccess().ifPresent(at -> root.put("lastSuccess", at.toString()));
    record
        .lastFailure()
        .ifPresent(
            failure ->
                root.putObject("lastFailure")
                    .put("at", failure.at().toString())
                    .put("message", failure.message()));
  }

  @Override
  ScheduleRecord value(JsonFields root) throws IOException {
    JsonFields keep = root.object("keep");
    Optional<JsonFields> failure = root.optionalObject("lastFailure");
    return new ScheduleRecord(
        root.text("name"),
        new BranchId(root.text("branch")),
        root.text("cron"),
        ZoneId.of(root.text("zone")),
        BranchMode.valueOf(root.text("mode")),
        new SnapshotRetention(
            keep.integer("last"),
            keep.integer("hourly"),
            keep.integer("daily"),
            keep.integer("weekly"),
            keep.integer("monthly")),
        Instant.parse(root.text("since")),
        root.optionalText("lastSuccess").map(Instant::parse),
        failure.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Failure(
                    Instant.parse(failure.get().text("at")), failure.get().text("message"))));
  }
}
