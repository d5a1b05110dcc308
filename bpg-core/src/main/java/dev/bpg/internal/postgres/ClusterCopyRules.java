package dev.bpg.internal.postgres;

import dev.bpg.storage.OnlineCopyRules;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a file-by-file copy of a running server leaves out, as the manual's chapter on base backups
 * lists it, and what comes last.
 *
 * @see <a href="https://www.postgresql.org/docs/current/continuous-archiving.html">Backing up the
 *     data directory</a>
 */
final class ClusterCopyRules implements OnlineCopyRules {

  // The folders are needed, what is in them is not. WAL is copied afterwards, when it is known
  // which.
  private static final Set<String> EMPTIED =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> LEFT_OUT =
      Set.of(
          "postmaster.pid",
          "postmaster.opts",
          "backup_label",
          "tablespace_map",
          "standby.signal",
          "recovery.signal");

  @Override
  public boolean excludes(Path relative) {
    if (relative.getNameCount() > 1 && EMPTIED.contains(relative.getName(0).toString())) {
      return true;
    }
    String name = relative.getFileName().toString();
    return relative.getNameCount() == 1 && LEFT_OUT.contains(name)
        || name.startsWith("pgsql_tmp")
        || name.startsWith("pg_internal.init");
  }

  /** The control file names the checkpoint to start from, so it must not be newer than the data. */
  @Override
  public boolean last(Path relative) {
    return relative.equals(Path.of("global", "pg_control"));
  }
}
