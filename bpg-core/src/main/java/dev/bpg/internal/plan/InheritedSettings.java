package dev.bpg.internal.plan;

import dev.bpg.model.ServerSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a branch takes over of its parent's server settings. */
final class InheritedSettings {

  // A branch that archived, or followed a publisher, as its parent does would write into its
  // parent's archive and drain its parent's slot.
  private static final Set<String> OUTWARD =
      Set.of(
          "archive_mode",
          "archive_command",
          "archive_library",
          "max_logical_replication_workers",
          "primary_conninfo",
          "primary_slot_name",
          "restore_command");

  private InheritedSettings() {}

  static ServerSettings of(ServerSettings parent) {
    Map<String, String> kept = new LinkedHashMap<>(parent.values());
    kept.keySet().removeAll(OUTWARD);
    return new ServerSettings(kept);
  }
}
