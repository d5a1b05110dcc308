package dev.bpg.model;

import java.time.Instant;

/**
 * The points in time to which a branch can be recovered: any between the two.
 *
 * @param earliest the first, which is when its oldest snapshot that the archive goes on from had
 *     been taken
 * @param latest the last: now while its server runs and archives, else as far as the archive goes
 * @param earliestLsn the first as a position in the WAL
 */
public record RecoveryWindow(Instant earliest, Instant latest, Lsn earliestLsn) {}
