package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.Parent;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.SpaceUsage;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.ServerState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts, stops and looks at the servers of branches that exist. */
final class BranchServers {

  private final Parts parts;
  private final Passwords passwords;

  BranchServers(Parts parts, Passwords passwords) {
    this.parts = parts;
    this.passwords = passwords;
  }

  void start(BranchRecord wanted) throws IOException, InterruptedException {
    try (LockFile lock = lock("start branch", wanted)) {
      startServer(current("start branch", wanted));
    }
  }

  void stop(BranchRecord wanted) throws IOException, InterruptedException {
    try (LockFile lock = lock("stop branch", wanted)) {
      stopServer(current("stop branch", wanted));
    }
  }

  void restart(BranchRecord wanted) throws IOException, InterruptedException {
    try (LockFile lock = lock("restart branch", wanted)) {
      BranchRecord current = current("restart branch", wanted);
      stopServer(current);
      startServer(current);
    }
  }

  // The server ran without fsync. So it is stopped, what it wrote is made durable, and it runs with
  // fsync from here on: the planner takes that for granted of every permanent branch.
  BranchRecord keep(BranchRecord wanted) throws IOException, InterruptedException {
    try (LockFile lock = lock("keep branch", wanted)) {
      BranchRecord current = current("keep branch", wanted);
      refuseUnderTemporaryParent(current);
      boolean running = status(current).state() == BranchStatus.State.RUNNING;
      stopServer(current);
      FileSystemSync.sync(data("keep branch", current));
      BranchRecord kept = current.withoutOwner();
      parts.catalog().replace(kept);
      if (running) {
        startServer(kept);
      }
      return kept;
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
            .filter(record -> record.id().equals(parent.id()) && record.temporary())
            .isPresent();
    if (temporary) {
      throw new RefusedException(
          "keep branch",
          branch.name().toString(),
          "its parent " + parent.name() + " is temporary and would take it away",
          "keep the parent first");
    }
  }

  private void startServer(BranchRecord current) throws IOException, InterruptedException {
    Endpoint endpoint = new ServerStart(parts).of(current, data("start branch", current));
    passwords.restore(current, endpoint);
    if (current.port().isEmpty() || current.port().getAsInt() != endpoint.port()) {
      parts.catalog().replace(current.withPort(endpoint.port()));
    }
  }

  private void stopServer(BranchRecord current) throws InterruptedException {
    parts
        .runtime(current)
        .stop(current.id(), data("stop branch", current), Shutdown.FAST, parts.timeouts().stop());
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
    ServerState state = parts.runtime(record).state(record.id(), data("connect to branch", record));
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

  SpaceUsage space(BranchRecord record) {
    return parts.storage(record).space(record.id());
  }

  List<String> lastLogLines(BranchRecord record, int count) {
    return parts.runtime(record).lastLogLines(record.id(), count);
  }

  // Looked for before the lock too: a lock taken for nothing would leave its file behind.
  private LockFile lock(String operation, BranchRecord wanted)
      throws IOException, InterruptedException {
    current(operation, wanted);
    return parts.locks().exclusive(wanted.name());
  }

  private BranchRecord current(String operation, BranchRecord wanted) throws IOException {
    return parts
        .catalog()
        .find(wanted.name())
        .filter(record -> record.state() == State.READY && record.id().equals(wanted.id()))
        .orElseThrow(
            () ->
                new NotFoundException(
                    operation,
                    wanted.name().toString(),
                    "it does not exist any more",
                    "list what exists with Branches.list()"));
  }

  private Path data(String operation, BranchRecord record) {
    return parts
        .storage(record)
        .dataFolder(record.id())
        .orElseThrow(
            () ->
                new UnavailableException(
                    operation,
                    record.name().toString(),
                    "its volume " + record.id() + " is missing on the storage " + record.storage(),
                    "check storage.path in the configuration, or delete the branch"));
  }
}
