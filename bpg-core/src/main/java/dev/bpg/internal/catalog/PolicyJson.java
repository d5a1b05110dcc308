package dev.bpg.internal.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bpg.model.CloneScript;
import dev.bpg.model.WalCompression;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A branch's policy as a part of its record's JSON, and back. */
final class PolicyJson {

  private PolicyJson() {}

  static void fill(ObjectNode root, BranchPolicy policy) {
    policy.expiresAt().ifPresent(at -> root.put("expiresAt", at.toString()));
    if (policy.isProtected()) {
      root.put("protected", true);
    }
    policy.idleStop().ifPresent(after -> root.put("idleStop", after.toString()));
    if (policy.isIdle()) {
      root.put("idle", true);
    }
    policy
        .archive()
        .ifPresent(
            how ->
                root.putObject("archive")
                    .put("compression", how.compression().name())
                    .put("timeout", how.timeout().toString()));
    policy.template().ifPresent(fingerprint -> root.put("template", fingerprint));
    if (!policy.afterClone().isEmpty()) {
      ArrayNode scripts = root.putArray("afterClone");
      for (CloneScript script : policy.afterClone()) {
        scripts
            .addObject()
            .put("name", script.name())
            .put("database", script.database())
            .put("sql", script.sql());
      }
    }
  }

  static BranchPolicy read(JsonFields root) throws IOException {
    Optional<JsonFields> archive = root.optionalObject("archive");
    return new BranchPolicy(
        root.optionalText("expiresAt").map(Instant::parse),
        root.flag("protected"),
        root.optionalText("idleStop").map(Duration::parse),
        root.flag("idle"),
        archive.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new ArchivePolicy(
                    WalCompression.valueOf(archive.get().text("compression")),
                    Duration.parse(archive.get().text("timeout")))),
        scripts(root),
        root.optionalText("template"));
  }

  private static List<CloneScript> scripts(JsonFields root) throws IOException {
    List<CloneScript> scripts = new ArrayList<>();
    for (JsonFields script : root.optionalObjects("afterClone")) {
      scripts.add(
          new CloneScript(script.text("name"), script.text("database"), script.text("sql")));
    }
    return scripts;
  }
}
