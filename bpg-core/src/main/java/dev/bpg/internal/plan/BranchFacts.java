package dev.bpg.internal.plan;

import dev.bpg.model.BranchId;
import dev.bpg.model.ServerSettings;
import dev.bpg.server.ServerState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What was found out about a parent before a plan is made.
 *
 * @param parentState its server's state
 * @param parentSettings its server settings
 * @param parentTemporary whether it goes with a process
 * @param atomic whether that storage clones a volume at one instant
 * @param outsideLinks symbolic links of its data folder that lead out of it
 * @param newId the id that the new branch will have
 * @param now the time
 */
public record BranchFacts(
    ServerState parentState,
    ServerSettings parentSettings,
    boolean parentTemporary,
    boolean atomic,
    List<Path> outsideLinks,
    BranchId newId,
    Instant now) {}
