package dev.bpg.internal.plan;

import dev.bpg.error.BusyException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneMethod;
import dev.bpg.server.ServerState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides how a branch is made. A pure function: no I/O, no clock, no chance. */
public final class BranchPlanner {

  private static final String OPERATION = "branch";

  private BranchPlanner() {}

  /**
   * Makes the plan.
   *
   * @throws RefusedException if the parent cannot be branched safely, or not like this
   * @throws BusyException if the parent's server is between two states
   * @throws UnavailableException if the parent is broken
   */
  public static BranchPlan plan(BranchRequest request, BranchFacts facts) {
    checkOwnership(request, facts);
    checkData(request, facts);
    return new BranchPlan(
        name(request, facts),
        facts.newId(),
        method(request, facts),
        InheritedSettings.of(facts.parentSettings()).merge(request.settings()),
        request.expiresAfter().map(facts.now()::plus));
  }

  private static void checkOwnership(BranchRequest request, BranchFacts facts) {
    if (facts.parentTemporary() && !request.temporary()) {
      throw new RefusedException(
          OPERATION,
          request.parent().toString(),
          "it is temporary and would take a permanent branch of it away with it",
          "use createTemporary(), or branch a permanent parent");
    }
    if (request.temporary() && request.isProtected()) {
      throw new RefusedException(
          OPERATION,
          request.parent().toString(),
          "a temporary branch cannot be protected: it goes with its process",
          "use create(), or leave protectedFromDeletion() out");
    }
  }

  // A clone would keep the links and write into its parent's files.
  private static void checkData(BranchRequest request, BranchFacts facts) {
    if (!facts.outsideLinks().isEmpty()) {
      throw new RefusedException(
          OPERATION,
          request.parent().toString(),
          "its data folder has links that lead out of it, which a branch would share: "
              + facts.outsideLinks(),
          "move the tablespaces (or pg_wal) named here into the data folder");
    }
  }

  private static BranchName name(BranchRequest request, BranchFacts facts) {
    Optional<String> given = request.name();
    String prefix = request.temporary() ? "temp-" : "branch-";
    return request.parent().sibling(given.orElseGet(() -> prefix + facts.newId().value()));
  }

  private static CloneMethod method(BranchRequest request, BranchFacts facts) {
    ServerState parent = facts.parentState();
    return switch (parent.kind()) {
      case STOPPED, CRASHED -> CloneMethod.STOPPED;
      case RUNNING -> methodOfRunning(request, facts);
      case STARTING ->
          throw new BusyException(
              OPERATION,
              request.parent().toString(),
              "its server is neither running nor stopped: " + parent.reason(),
              "wait until it has started, or stop it");
      case BROKEN ->
          throw new UnavailableException(
              OPERATION,
              request.parent().toString(),
              "its data cannot be used: " + parent.reason(),
              "delete it, or put its data back");
    };
  }

  // Only a server that fsyncs, and writes whole pages after each checkpoint, leaves files from
  // which
  // it can recover whatever the instant. Any other one is copied under the backup protocol, whose
  // label and WAL mend what the snapshot caught half written.
  private static CloneMethod methodOfRunning(BranchRequest request, BranchFacts facts) {
    Map<String, String> parent = StartSettings.of(facts.parentSettings(), facts.parentTemporary());
    boolean recoverable = on(parent.get("fsync")) && on(parent.get("full_page_writes"));
    if (!facts.atomic() || !recoverable) {
      return CloneMethod.BACKUP;
    }
    return request.mode() == BranchMode.FAST
        ? CloneMethod.SNAPSHOT
        : CloneMethod.SNAPSHOT_IN_BACKUP;
  }

  // Anything but a plain yes counts as no: the backup protocol is right in either case.
  private static boolean on(String value) {
    return Set.of("on", "true", "yes", "1").contains(value.toLowerCase(Locale.ROOT));
  }
}
