package dev.bpg.internal.engine;

import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.SnapshotRetention;
import java.time.ZoneId;

/**
 * What a caller asked for.
 *
 * @param name what to call it
 * @param branch the branch to take snapshots of
 * @param cron when, as a cron expression of five fields
 * @param zone the time zone of that
 * @param mode how to take a running branch's data
 * @param retention which snapshots stay
 */
public record ScheduleRequest(
    String name,
    BranchName branch,
    String cron,
    ZoneId zone,
    BranchMode mode,
    SnapshotRetention retention) {}
