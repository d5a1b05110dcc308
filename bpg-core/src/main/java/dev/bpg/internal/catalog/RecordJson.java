package dev.bpg.internal.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord.Parent;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.BranchRecord.Undo;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A record as JSON and back. Written by hand over Jackson's tree model: binding by reflection costs
 * a cold JVM more than making the branch does.
 */
final class RecordJson {

  /** Raised when a document changes so that older code would read it wrongly. */
  static final int SCHEMA_VERSION = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RecordJson() {}

  static byte[] write(BranchRecord record) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schemaVersion", SCHEMA_VERSION);
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
    ArrayNode undo = root.putArray("undo");
    record.undo().forEach(step -> undo.add(step.name()));
    root.put("storage", record.storage());
    root.put("runtime", record.runtime());
    root.putObject("build")
        .put("major", record.build().major())
        .put("version", record.build().version())
        .put("origin", record.build().origin());
    ObjectNode settings = root.putObject("settings");
    record.settings().values().forEach(settings::put);
    ObjectNode origin = root.putObject("origin");
    origin.put("mode", record.origin().mode().name());
    origin.put("method", record.origin().method().name());
    record.origin().startLsn().ifPresent(lsn -> origin.put("startLsn", lsn));
    record.origin().stopLsn().ifPresent(lsn -> origin.put("stopLsn", lsn));
    origin.put("takenAt", record.origin().takenAt().toString());
    root.put("createdAt", record.createdAt().toString());
    record.expiresAt().ifPresent(at -> root.put("expiresAt", at.toString()));
    record.owner().ifPresent(owner -> root.put("owner", owner));
    record.port().ifPresent(port -> root.put("port", port));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written", e);
    }
  }

  /**
   * Reads a document.
   *
   * @param file where it came from, for messages
   * @throws RefusedException if it is of a newer schema version
   * @throws UnavailableException if it is damaged
   */
  static BranchRecord read(byte[] json, Path file) {
    try {
      Fields root = new Fields(MAPPER.readTree(json));
      int version = root.integer("schemaVersion");
      if (version > SCHEMA_VERSION) {
        throw new RefusedException(
            "read catalog file",
            file.toString(),
            "it has schema version "
                + version
                + " and this bpg knows versions up to "
                + SCHEMA_VERSION,
            "use the newer bpg that wrote it");
      }
      return record(root);
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
      throw damaged(file, e);
    }
  }

  static UnavailableException damaged(Path file, Exception cause) {
    return new UnavailableException(
        "read catalog file",
        file.toString(),
        "it is damaged",
        "put the record before it back: mv '" + Catalog.previous(file) + "' '" + file + "'",
        cause);
  }

  private static BranchRecord record(Fields root) throws IOException {
    Fields build = root.object("build");
    Fields origin = root.object("origin");
    Optional<Fields> parent = root.optionalObject("parent");
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
        root.texts("undo").stream().map(Undo::valueOf).toList(),
        root.text("storage"),
        root.text("runtime"),
        new PostgresBuild(build.integer("major"), build.text("version"), build.text("origin")),
        new ServerSettings(root.object("settings").textMap()),
        new BranchOrigin(
            BranchMode.valueOf(origin.text("mode")),
            CloneMethod.valueOf(origin.text("method")),
            origin.optionalText("startLsn"),
            origin.optionalText("stopLsn"),
            Instant.parse(origin.text("takenAt"))),
        Instant.parse(root.text("createdAt")),
        root.optionalText("expiresAt").map(Instant::parse),
        root.optionalText("owner"),
        root.optionalText("port").isPresent()
            ? OptionalInt.of(root.integer("port"))
            : OptionalInt.empty());
  }

  /** Access to a JSON object that fails on what is missing. */
  private record Fields(JsonNode node) {

    Fields {
      if (!node.isObject()) {
        throw new IllegalArgumentException("not a JSON object");
      }
    }

    private JsonNode required(String key) throws IOException {
      JsonNode value = node.get(key);
      if (value == null) {
        throw new IOException("it has no \"" + key + "\"");
      }
      return value;
    }

    String text(String key) throws IOException {
      return required(key).asText();
    }

    int integer(String key) throws IOException {
      JsonNode value = required(key);
      if (!value.isInt()) {
        throw new IOException("\"" + key + "\" is not a number");
      }
      return value.intValue();
    }

    Fields object(String key) throws IOException {
      return new Fields(required(key));
    }

    Optional<Fields> optionalObject(String key) {
      return Optional.ofNullable(node.get(key)).map(Fields::new);
    }

    Optional<String> optionalText(String key) {
      return Optional.ofNullable(node.get(key)).map(JsonNode::asText);
    }

    List<String> texts(String key) throws IOException {
      List<String> all = new ArrayList<>();
      required(key).forEach(value -> all.add(value.asText()));
      return all;
    }

    Map<String, String> textMap() {
      Map<String, String> all = new LinkedHashMap<>();
      node.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
      return all;
    }
  }
}
