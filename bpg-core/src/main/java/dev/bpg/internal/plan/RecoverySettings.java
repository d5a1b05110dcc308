package dev.bpg.internal.plan;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a server that recovers. They go on its command line for this one start, so
 * nothing of them has to be taken out of its files later, in their order.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/runtime-config-wal.html#RUNTIME-CONFIG-WAL-RECOVERY-TARGET">
 *     Recovery Target</a>
 */
public final class RecoverySettings {

  // With all digits and an explicit zone, whatever the server's own is.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

  private RecoverySettings() {}

  /** Those of a recovery to a point. A restore point has been looked up before. */
  public static Map<String, String> to(RecoveryTarget target) {
    Map<String, String> settings = toTheEnd();
    if (target instanceof RecoveryTarget.AtTime time) {
      putLast(settings, "recovery_target_time", time(time.time()));
      settings.put("recovery_target_inclusive", "on");
    } else if (target instanceof RecoveryTarget.AtLsn lsn) {
      putLast(settings, "recovery_target_lsn", lsn.lsn().toString());
      // Inclusive would be the record that begins there, too.
      settings.put("recovery_target_inclusive", "off");
    } else {
      throw new IllegalArgumentException("not looked up: " + target);
    }
    settings.put("recovery_target_action", "promote");
    return settings;
  }

  private static void putLast(Map<String, String> settings, String name, String value) {
    settings.remove(name);
    settings.put(name, value);
  }

  /** Those of a recovery of all the WAL there is. */
  public static Map<String, String> toTheEnd() {
    Map<String, String> settings = new LinkedHashMap<>();
    // Postgres refuses a second target, and takes one that is set to nothing for a second one if it
    // comes after the first. What a file says, even nothing, comes after the command line; but what
    // is on the command line is not read from a file.
    for (String kind : List.of("", "_name", "_time", "_xid", "_lsn")) {
      settings.put("recovery_target" + kind, "");
    }
    // The latest might be one of a branch that wrote into the same archive.
    settings.put("recovery_target_timeline", "current");
    // Nobody is let in before the recovery has ended.
    settings.put("hot_standby", "off");
    // What an imported standby may wait for on purpose.
    settings.put("recovery_min_apply_delay", "0");
    return settings;
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }
}
