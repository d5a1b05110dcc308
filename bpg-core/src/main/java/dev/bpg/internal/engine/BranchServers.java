package dev.bpg.internal.engine;

import dev.bpg.error.UnavailableException;
import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.internal.catalog.BranchPolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.ContainerSpec;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.SpaceUsage;
import dev.bpg.server.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The servers of branches, and how to connect to them. Thread-safe. */
public final class BranchServers {

  private final Parts parts;
  private final ServerLifecycle servers;
  private final PasswordRotation passwords;
  private final BranchPolicies policies;
  private final BranchHealth health;
  private final Changes changes;

  BranchServers(
      Parts parts,
      ServerLifecycle servers,
      PasswordRotation passwords,
      BranchPolicies policies,
      Changes changes) {
    this.parts = parts;
    this.servers = servers;
    this.passwords = passwords;
    this.policies = policies;
    this.health = new BranchHealth(parts);
    this.changes = changes;
  }

  /** Starts a branch's server unless it runs. */
  public void start(BranchRecord branch) {
    changes.one(
        Kind.SERVER_STARTED,
        "start branch",
        branch.name(),
        branch.id(),
        () -> servers.start(branch));
  }

  /** Stops a branch's server if it runs. */
  public void stop(BranchRecord branch) {
    changes.one(
        Kind.SERVER_STOPPED, "stop branch", branch.name(), branch.id(), () -> servers.stop(branch));
  }

  /** Stops a branch's server if it runs, and starts it. */
  public void restart(BranchRecord branch) {
    changes.one(
        Kind.SERVER_RESTARTED,
        "restart branch",
        branch.name(),
        branch.id(),
        () -> {
          servers.restart(branch);
          return branch;
        });
  }

  /** The live state of a branch. */
  public BranchStatus status(BranchRecord branch) {
    return Attempt.to("read the state of", branch.name(), () -> health.of(branch));
  }

  /** Where a branch's server listens. */
  public Endpoint endpoint(BranchRecord branch) {
    return servers.endpoint(branch);
  }

  /** Where a branch's server listens; one that was stopped for being idle is started. */
  public Endpoint wakingEndpoint(BranchRecord branch) {
    try {
      return servers.endpoint(branch);
    } catch (UnavailableException e) {
      if (!wake(branch)) {
        throw e;
      }
      return servers.endpoint(branch);
    }
  }

  /**
   * Starts a branch's server that was stopped for being idle, or is being stopped just now.
   *
   * @return whether its server is one that may have been
   */
  public boolean wake(BranchRecord branch) {
    Optional<BranchPolicy> policy = policies.ifThere(branch);
    if (policy.filter(BranchPolicy::isIdle).isPresent()) {
      start(branch); // Which waits for the stop's end.
      return true;
    }
    // Somebody else may have started it since.
    return policy.flatMap(BranchPolicy::idleStop).isPresent();
  }

  /** The superuser's password of a branch. */
  public String password(BranchRecord branch) {
    return Attempt.to("read the password of", branch.name(), () -> passwords.password(branch));
  }

  /** Gives a branch another password. */
  public void rotatePassword(BranchRecord branch) {
    changes.branch(
        Kind.PASSWORD_ROTATED,
        "rotate the password of",
        branch.name(),
        () -> passwords.rotate(branch));
  }

  /** The certificate of the authority that clients of a branch's server trust, if it has TLS. */
  public Optional<Path> authority(BranchRecord branch) {
    return Attempt.to(
        "read the certificate of", branch.name(), () -> new ServerTls(parts).authority(branch));
  }

  /** What the container of a branch that exists is made of. */
  public ContainerSpec container(BranchRecord branch) {
    return Attempt.to("describe the container of", branch.name(), () -> servers.container(branch));
  }

  /** The last lines of a branch's server log. */
  public List<String> lastLogLines(BranchRecord branch, int count) {
    return servers.lastLogLines(branch, count);
  }

  /** The space a branch takes. */
  public SpaceUsage space(BranchRecord branch) {
    return servers.space(branch);
  }

  /** The limits of a branch's space. */
  public SpaceLimits limits(BranchRecord branch) {
    return servers.limits(branch);
  }

  /** Replaces the limits of a branch's space. */
  public void limit(BranchRecord branch, SpaceLimits limits) {
    Attempt.to(
        "limit the space of",
        branch.name(),
        () -> {
          servers.limit(branch, limits);
          return branch;
        });
  }
}
