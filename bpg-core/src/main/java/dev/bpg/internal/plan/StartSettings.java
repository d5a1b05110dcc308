package dev.bpg.internal.plan;

import dev.bpg.model.ServerSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a branch's server is started with. It goes on the command line, which beats every file that
 * a clone inherited.
 */
public final class StartSettings {

  private StartSettings() {}

  /**
   * The settings of one start.
   *
   * @param own the branch's settings; they win over what is set here
   * @param temporary whether the branch goes with its process: then nothing of it has to survive a
   *     crash of the machine, and it need not wait for the disk
   */
  public static Map<String, String> of(ServerSettings own, boolean temporary) {
    Map<String, String> settings = new LinkedHashMap<>();
    // The planner's choice rests on these two, so ALTER SYSTEM in the data must not change them.
    settings.put("fsync", temporary ? "off" : "on");
    settings.put("full_page_writes", "on");
    // Recovery would fsync file by file otherwise (Postgres manual, recovery_init_sync_method).
    settings.put("recovery_init_sync_method", "syncfs");
    // A clone inherits these from its parent, and would act in its parent's name.
    settings.put("archive_mode", "off");
    settings.put("primary_conninfo", "");
    settings.put("restore_command", "");
    settings.put("max_logical_replication_workers", "0");
    settings.putAll(own.values());
    return settings;
  }
}
