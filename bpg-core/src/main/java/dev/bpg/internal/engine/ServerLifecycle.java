package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.Parent;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.ContainerSpec;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.SpaceUsage;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.ServerState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, stops and looks at the servers of branches that exist. */
final class ServerLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ServerLifecycle.class);

  private final Parts parts;
  private final ExistingBranches existing;
  private final StaleIncarnations stale;
  private final Passwords passwords;
  private final TemporaryIds ids;

  ServerLifecycle(Parts parts, Passwords passwords, TemporaryIds ids) {
    this.parts = parts;
    this.ids = ids;
    this.existing = new ExistingBranches(parts);
    this.stale = new StaleIncarnations(parts);
    this.passwords = passwords;
  }

  /** Starts it, and says whether it did not run before. */
  boolean start(BranchRecord wanted) throws IOException, InterruptedException {
    try (LockFile lock = existing.lock("start branch", wanted)) {
      return startServer(stale.settle(existing.current("start branch", wanted)));
    }
  }

  /** Stops it, and says whether it ran. */
  boolean stop(BranchRecord wanted) throws IOException, InterruptedException {
    try (LockFile lock = existing.lock("stop branch", wanted)) {
      BranchRecord current = stale.settle(existing.current("stop branch", wanted));
      BranchStatus.State before = status(current).state();
      stopServer(current);
      replaceIfChanged(current, awake(current));
      return before == BranchStatus.State.RUNNING || before == BranchStatus.State.STARTING;
    }
  }

  void restart(BranchRecord wanted) throws IOException, InterruptedException {
    try (LockFile lock = existing.lock("restart branch", wanted)) {
      BranchRecord current = stale.settle(existing.current("restart branch", wanted));
      stopServer(current);
      startServer(current);
    }
  }

  /**
   * Changes what a server is started with, and has it take effect: one that runs is started again.
   * If that fails, all is as before.
   */
  BranchRecord change(String operation, BranchRecord wanted, UnaryOperator<BranchRecord> change)
      throws IOException, InterruptedException {
    try (LockFile lock = existing.lock(operation, wanted)) {
      BranchRecord current = existing.current(operation, wanted);
      BranchRecord changed = change.apply(current);
      if (changed.equals(current)) {
        return current;
      }
      boolean running = status(current).state() == BranchStatus.State.RUNNING;
      parts.catalog().replace(changed);
      try {
        if (running) {
          stopServer(changed);
          startServer(changed);
        }
        return changed;
      } catch (Throwable first) {
        putBackAfter(first, current, running);
        throw first;
      }
    }
  }

  private void putBackAfter(Throwable first, BranchRecord before, boolean running) {
    boolean interrupted = Thread.interrupted();
    try {
      parts.catalog().replace(before);
      if (running) {
        startServer(before);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      first.addSuppressed(e);
    } catch (IOException | RuntimeException e) {
      first.addSuppressed(e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // The server ran without fsync. So it is stopped, what it wrote is made durable, and it runs with
  // fsync from here on: the planner takes that for granted of every permanent branch.
  BranchRecord keep(BranchRecord wanted) throws IOException, InterruptedException {
    try (LockFile lock = existing.lock("keep branch", wanted)) {
      BranchRecord current = stale.settle(existing.current("keep branch", wanted));
      refuseUnderTemporaryParent(current);
      boolean running = status(current).state() == BranchStatus.State.RUNNING;
      stopServer(current);
      FileSystemSync.sync(existing.data("keep branch", current));
      parts.secrets().sync(current.id());
      BranchRecord kept = current.withoutOwner();
      parts.catalog().replace(kept);
      if (running) {
        startServer(kept);
      }
      forgetThatItWasTemporary(kept);
      return kept;
    }
  }

  // By now it is permanent, whatever becomes of this: it is for who has lost the record.
  private void forgetThatItWasTemporary(BranchRecord kept) throws InterruptedException {
    try {
      Uninterruptibly.call(
          () -> {
            Optional<BranchRecord> now = parts.catalog().find(kept.name());
            if (now.isPresent()) {
              // The record before it is of a permanent branch then, too.
              parts.catalog().replace(now.get());
            }
            ids.remove(kept.allIds());
            return now;
          });
    } catch (IOException e) {
      LOG.warn(
          "could not forget that {} was temporary; its record says that it is not", kept.name(), e);
    }
  }

  private void refuseUnderTemporaryParent(BranchRecord branch) throws IOException {
    if (branch.parent().isEmpty()) {
      return;
    }
    Parent parent = branch.parent().get();
    boolean temporary =
        parts
            .catalog()
            .find(parent.name())
            .filter(record -> record.isOrWas(parent.id()) && record.temporary())
            .isPresent();
    if (temporary) {
      throw new RefusedException(
          "keep branch",
          branch.name().toString(),
          "its parent " + parent.name() + " is temporary and would take it away",
          "keep the parent first");
    }
  }

  // Who starts or stops it by hand says what it is to be.
  private static BranchRecord awake(BranchRecord branch) {
    return branch.withPolicy(branch.policy().withIdle(false));
  }

  private void replaceIfChanged(BranchRecord before, BranchRecord after) throws IOException {
    if (!after.equals(before)) {
      parts.catalog().replace(after);
    }
  }

  private boolean startServer(BranchRecord current) throws IOException, InterruptedException {
    boolean ranBefore = status(current).state() == BranchStatus.State.RUNNING;
    Endpoint endpoint = new ServerStart(parts).of(current, existing.data("start branch", current));
    try {
      passwords.restore(current, endpoint);
    } catch (Throwable first) {
      if (!ranBefore) {
        stopAfter(first, current);
      }
      throw first;
    }
    replaceIfChanged(current, awake(current).withPort(endpoint.port()));
    return !ranBefore;
  }

  // An interrupt, if that was it, must not keep the server from being ended.
  private void stopAfter(Throwable first, BranchRecord current) {
    boolean interrupted = Thread.interrupted();
    try {
      stopServer(current);
    } catch (InterruptedException e) {
      interrupted = true;
      first.addSuppressed(e);
    } catch (RuntimeException e) {
      first.addSuppressed(e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopServer(BranchRecord current) throws InterruptedException {
    parts
        .runtime(current)
        .stop(
            current.id(),
            existing.data("stop branch", current),
            Shutdown.FAST,
            parts.timeouts().stop());
  }

  BranchStatus status(BranchRecord record) {
    Optional<Path> data = parts.storage(record).dataFolder(record.id());
    if (data.isEmpty()) {
      return new BranchStatus(BranchStatus.State.BROKEN, "volume missing");
    }
    ServerState state = parts.runtime(record).state(record.id(), data.get());
    return new BranchStatus(BranchStatus.State.valueOf(state.kind().name()), state.reason());
  }

  Endpoint endpoint(BranchRecord record) {
    ServerState state =
        parts.runtime(record).state(record.id(), existing.data("connect to branch", record));
    return state
        .endpoint()
        .orElseThrow(
            () ->
                new UnavailableException(
                    "connect to branch",
                    record.name().toString(),
                    "its server is "
                        + state.kind().name().toLowerCase(java.util.Locale.ROOT)
                        + ": "
                        + state.reason(),
                    "call start() on the branch"));
  }

  ContainerSpec container(BranchRecord record) throws IOException, InterruptedException {
    return new ServerStart(parts)
        .container(record, existing.data("describe the container of", record));
  }

  SpaceUsage space(BranchRecord record) {
    return parts.storage(record).space(record.id());
  }

  SpaceLimits limits(BranchRecord record) {
    return VolumeTuning.limiting(parts.storage(record), record.name().toString())
        .limits(record.id());
  }

  void limit(BranchRecord wanted, SpaceLimits limits) throws IOException, InterruptedException {
    try (LockFile lock = existing.lock("limit the space of", wanted)) {
      BranchRecord current = existing.current("limit the space of", wanted);
      VolumeTuning.limiting(parts.storage(current), current.name().toString())
          .limit(current.id(), limits);
    }
  }

  List<String> lastLogLines(BranchRecord record, int count) {
    return parts.runtime(record).lastLogLines(record.id(), count);
  }
}
