package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.internal.postgres.ClientActivity;
import dev.bpg.model.BranchId;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.ServerState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the servers of branches that nobody was connected to for as long as their records say:
 * those that this process made, changed, or found when it opened. It looks four times in that time,
 * so a server is stopped within five quarters of it.
 */
final class IdleStop {

  private static final Logger LOG = LoggerFactory.getLogger(IdleStop.class);

  private static final int LOOKS = 4;

  private final Parts parts;
  private final Background background;
  private final Changes changes;
  private final Map<BranchId, Watch> watched = new ConcurrentHashMap<>();

  /** What was seen last of one branch: since when nothing of its server's clients has changed. */
  private record Watch(BranchRecord branch, Optional<ClientActivity> seen, long since) {}

  IdleStop(Parts parts, Background background, Changes changes) {
    this.parts = parts;
    this.background = background;
    this.changes = changes;
  }

  /** Watches a branch from now on, if its record says so. */
  void watch(BranchRecord branch) {
    branch
        .policy()
        .idleStop()
        .ifPresent(
            time -> {
              Watch begun = new Watch(branch, Optional.empty(), System.nanoTime());
              watched.put(branch.id(), begun);
              lookLater(begun, time);
            });
  }

  private void lookLater(Watch watch, Duration time) {
    try {
      background
          .timer()
          .schedule(
              () -> background.tasks().execute(() -> look(watch)),
              Math.max(1, time.toMillis() / LOOKS),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} is not watched any more: bpg is closed", watch.branch().name(), e);
    }
  }

  // A watch that was replaced by a later one ends here.
  private void look(Watch watch) {
    BranchId id = watch.branch().id();
    if (watched.get(id) != watch) {
      return;
    }
    try {
      Optional<BranchRecord> current = new ExistingBranches(parts).find(watch.branch());
      Optional<Duration> time = current.flatMap(branch -> branch.policy().idleStop());
      if (time.isEmpty()) {
        watched.remove(id, watch);
        return;
      }
      Watch next = next(watch, current.get(), time.get());
      if (watched.replace(id, watch, next)) {
        lookLater(next, time.get());
      }
    } catch (IOException | BpgException | SQLException e) {
      LOG.warn("{} is not watched for being idle any more", watch.branch().name(), e);
      watched.remove(id, watch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Watch next(Watch watch, BranchRecord branch, Duration time)
      throws IOException, InterruptedException, SQLException {
    long now = System.nanoTime();
    Optional<ClientActivity> seen = activity(branch);
    boolean idle = seen.isPresent() && seen.get().connected() == 0 && seen.equals(watch.seen());
    if (!idle) {
      return new Watch(branch, seen, now);
    }
    if (now - watch.since() >= time.toNanos() && stop(branch, seen.get())) {
      LOG.info("stopped {}, which nobody used for {}", branch.name(), time);
      return new Watch(branch, Optional.empty(), now);
    }
    return new Watch(branch, seen, watch.since());
  }

  private Optional<ClientActivity> activity(BranchRecord branch) throws SQLException {
    Optional<Path> data = parts.storage(branch).dataFolder(branch.id());
    if (data.isEmpty()) {
      return Optional.empty();
    }
    ServerState state = parts.runtime(branch).state(branch.id(), data.get());
    Optional<Endpoint> server = state.endpoint().filter(endpoint -> endpoint.socket().isPresent());
    return server.isPresent() ? Optional.of(ClientActivity.of(server.get())) : Optional.empty();
  }

  // Whoever holds its lock uses it. Said in the record before it is done, so that a process that is
  // killed in between leaves a branch that can be woken.
  private boolean stop(BranchRecord wanted, ClientActivity seen)
      throws IOException, InterruptedException, SQLException {
    Optional<LockFile> free = parts.locks().tryExclusive(wanted.name());
    if (free.isEmpty()) {
      return false;
    }
    try (LockFile lock = free.get()) {
      Optional<BranchRecord> there = new ExistingBranches(parts).find(wanted);
      if (there.isEmpty()
          || there.get().policy().idleStop().isEmpty()
          || !activity(there.get()).equals(Optional.of(seen))) {
        return false;
      }
      BranchRecord branch = there.get();
      Path data = parts.storage(branch).dataFolder(branch.id()).orElseThrow();
      return changes.one(
          Kind.SERVER_IDLE_STOPPED,
          "stop branch",
          branch.name(),
          branch.id(),
          () -> {
            parts.catalog().replace(branch.withPolicy(branch.policy().withIdle(true)));
            parts.runtime(branch).stop(branch.id(), data, Shutdown.FAST, parts.timeouts().stop());
            return true;
          });
    }
  }
}
