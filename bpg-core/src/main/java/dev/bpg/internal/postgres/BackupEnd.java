package dev.bpg.internal.postgres;

import java.util.List;

/**
 * What Postgres says at the end of a backup.
 *
 * @param label the content of {@code backup_label}, to be written byte for byte
 * @param tablespaceMap the content of {@code tablespace_map}; empty when there are no tablespaces
 * @param walSegments the names of the WAL segments that the backup needs, the oldest first
 * @param stopLsn where in the WAL it ended
 */
public record BackupEnd(
    String label, String tablespaceMap, List<String> walSegments, String stopLsn) {}
