package dev.bpg.internal.catalog;

import dev.bpg.model.CloneScript;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done with a branch while nobody asks for it, and what is not.
 *
 * @param expiresAt when it may be deleted by whoever comes by
 * @param isProtected whether every deletion of it is refused
 * @param idleStop after how long without a connection its server is stopped
 * @param isIdle whether its server was stopped for that, and is to be started when somebody comes
 * @param archive how its WAL is archived; empty if it is not
 * @param afterClone what is run on each branch of it before that is handed out
 * @param template the fingerprint of what it was made from, if it is a template's main branch
 */
public record BranchPolicy(
    Optional<Instant> expiresAt,
    boolean isProtected,
    Optional<Duration> idleStop,
    boolean isIdle,
    Optional<ArchivePolicy> archive,
    List<CloneScript> afterClone,
    Optional<String> template) {

  /** Copies the list. */
  public BranchPolicy {
    afterClone = List.copyOf(afterClone);
  }

  private static final BranchPolicy NONE =
      new BranchPolicy(
          Optional.empty(),
          false,
          Optional.empty(),
          false,
          Optional.empty(),
          List.of(),
          Optional.empty());

  /** It stays, can be deleted, and runs until it is stopped. */
  public static BranchPolicy none() {
    return NONE;
  }

  /** The same with another time at which it may be deleted. */
  public BranchPolicy withExpiresAt(Optional<Instant> at) {
    return new BranchPolicy(at, isProtected, idleStop, isIdle, archive, afterClone, template);
  }

  /** The same, protected or not. */
  public BranchPolicy withProtection(boolean on) {
    return new BranchPolicy(expiresAt, on, idleStop, isIdle, archive, afterClone, template);
  }

  /** The same with another time after which it is stopped. */
  public BranchPolicy withIdleStop(Optional<Duration> after) {
    return new BranchPolicy(expiresAt, isProtected, after, isIdle, archive, afterClone, template);
  }

  /** The same, stopped for being idle or not. */
  public BranchPolicy withIdle(boolean idle) {
    return new BranchPolicy(expiresAt, isProtected, idleStop, idle, archive, afterClone, template);
  }

  /** The same, archived in another way or not. */
  public BranchPolicy withArchive(Optional<ArchivePolicy> how) {
    return new BranchPolicy(expiresAt, isProtected, idleStop, isIdle, how, afterClone, template);
  }

  /** The same with other scripts for its branches. */
  public BranchPolicy withAfterClone(List<CloneScript> scripts) {
    return new BranchPolicy(expiresAt, isProtected, idleStop, isIdle, archive, scripts, template);
  }

  /** The same as that of a template's main branch. */
  public BranchPolicy withTemplate(Optional<String> fingerprint) {
    return new BranchPolicy(
        expiresAt, isProtected, idleStop, isIdle, archive, afterClone, fingerprint);
  }
}
