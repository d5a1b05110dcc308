package dev.bpg.internal.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bpg.internal.catalog.BranchRecord.Undo;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.ServerSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What several documents contain, written and read. */
final class JsonParts {

  private JsonParts() {}

  static void undo(ObjectNode root, List<Undo> steps) {
    ArrayNode undo = root.putArray("undo");
    steps.forEach(step -> undo.add(step.name()));
  }

  static List<Undo> undo(JsonFields root) throws IOException {
    return root.texts("undo").stream().map(Undo::valueOf).toList();
  }

  static void ids(ObjectNode root, String key, List<BranchId> ids) {
    if (!ids.isEmpty()) {
      ArrayNode array = root.putArray(key);
      ids.forEach(id -> array.add(id.value()));
    }
  }

  static List<BranchId> ids(JsonFields root, String key) {
    return root.optionalTexts(key).stream().map(BranchId::new).toList();
  }

  static void build(ObjectNode root, PostgresBuild build) {
    root.putObject("build")
        .put("major", build.major())
        .put("version", build.version())
        .put("origin", build.origin());
  }

  static PostgresBuild build(JsonFields root) throws IOException {
    JsonFields build = root.object("build");
    return new PostgresBuild(build.integer("major"), build.text("version"), build.text("origin"));
  }

  static void settings(ObjectNode root, ServerSettings settings) {
    ObjectNode values = root.putObject("settings");
    settings.values().forEach(values::put);
  }

  static ServerSettings settings(JsonFields root) throws IOException {
    return new ServerSettings(root.object("settings").textMap());
  }

  static void origin(ObjectNode root, BranchOrigin origin) {
    ObjectNode values = root.putObject("origin");
    values.put("mode", origin.mode().name());
    values.put("method", origin.method().name());
    origin.startLsn().ifPresent(lsn -> values.put("startLsn", lsn));
    origin.stopLsn().ifPresent(lsn -> values.put("stopLsn", lsn));
    values.put("takenAt", origin.takenAt().toString());
    origin.snapshot().ifPresent(id -> values.put("snapshot", id));
  }

  static BranchOrigin origin(JsonFields root) throws IOException {
    JsonFields origin = root.object("origin");
    return new BranchOrigin(
        BranchMode.valueOf(origin.text("mode")),
        CloneMethod.valueOf(origin.text("method")),
        origin.optionalText("startLsn"),
        origin.optionalText("stopLsn"),
        Instant.parse(origin.text("takenAt")),
        origin.optionalText("snapshot"));
  }
}
