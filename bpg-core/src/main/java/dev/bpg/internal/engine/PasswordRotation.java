package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.BusyException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.engine.ExistingBranches.Locked;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives branches other passwords. The new one is stored beside the old one before the server is
 * told and takes its place afterwards. As long as both are there, whoever reads the password, opens
 * the home or starts the server tells the server the new one first: so the two agree in the end,
 * whoever is killed.
 */
final class PasswordRotation {

  private static final Logger LOG = LoggerFactory.getLogger(PasswordRotation.class);

  private static final String OPERATION = "rotate the password of";

  private final Parts parts;
  private final ExistingBranches existing;
  private final StaleIncarnations stale;
  private final Passwords passwords;

  PasswordRotation(Parts parts, Passwords passwords) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
    this.stale = new StaleIncarnations(parts);
    this.passwords = passwords;
  }

  /** Rotates it on the running server, or has the next start do so. */
  BranchRecord rotate(BranchRecord wanted) throws IOException, InterruptedException {
    try (LockFile lock = existing.lock(OPERATION, wanted)) {
      BranchRecord current = stale.settle(existing.current(OPERATION, wanted));
      rotate(current, server(current).map(Passwords.Server::at));
      return current;
    }
  }

  /** Rotates it on a running server, in a session of the superuser that is open. */
  void rotate(BranchRecord wanted, Connection superuser) throws IOException, InterruptedException {
    try (LockFile lock = existing.lock(OPERATION, wanted)) {
      BranchRecord current = stale.settle(existing.current(OPERATION, wanted));
      rotate(current, Optional.of(password -> password.setDurably(superuser)));
    }
  }

  private void rotate(BranchRecord current, Optional<Passwords.Server> server) throws IOException {
    if (server.isPresent()) {
      passwords.complete(current, server.get());
    }
    passwords.rotate(current, server);
  }

  /** The password that opens a branch's server. */
  String password(BranchRecord wanted) throws IOException, InterruptedException {
    if (passwords.isUnsettled(wanted.id())) {
      try (Locked locked = existing.lockAny(wanted).orElse(null)) {
        if (locked != null) {
          completeIfRunning(locked.record());
          return stored(locked.record());
        }
      }
    }
    return stored(wanted);
  }

  private String stored(BranchRecord branch) throws IOException {
    return passwords
        .find(branch)
        .orElseThrow(
            () ->
                new UnavailableException(
                    "read the password of",
                    branch.name().toString(),
                    "none is stored; the branch may have been deleted",
                    "get the branch again with Branches.get(\"" + branch.name() + "\")"));
  }

  /** Completes a rotation whose process was killed; nothing if somebody works on the branch. */
  void completeIfAbandoned(BranchRecord record) {
    try {
      if (!passwords.isUnsettled(record.id())) {
        return;
      }
      try (LockFile free = parts.locks().tryExclusive(record.name()).orElse(null)) {
        Optional<BranchRecord> there = parts.catalog().find(record.name());
        if (free != null && there.filter(found -> found.state() == State.READY).isPresent()) {
          completeIfRunning(there.get());
        }
      }
    } catch (IOException | BpgException e) {
      warn(record, e);
    }
  }

  // Whoever wants to read a password gets one, even if the server can be told none just now.
  private void completeIfRunning(BranchRecord record) throws IOException {
    try {
      Optional<Endpoint> server = state(record).flatMap(ServerState::endpoint);
      if (server.isPresent()) {
        passwords.complete(record, Passwords.Server.at(server.get()));
      }
    } catch (BpgException e) {
      warn(record, e);
    }
  }

  private static void warn(BranchRecord record, Exception e) {
    LOG.warn(
        "could not complete the rotation of the password of {}; its next start does",
        record.name(),
        e);
  }

  private Optional<Endpoint> server(BranchRecord record) {
    Optional<ServerState> state = state(record);
    if (state.filter(found -> found.kind() == Kind.STARTING).isPresent()) {
      throw new BusyException(
          OPERATION,
          record.name().toString(),
          "its server is starting or stopping",
          "call it again when branch.status() says that it runs");
    }
    return state.flatMap(ServerState::endpoint);
  }

  private Optional<ServerState> state(BranchRecord record) {
    Optional<Path> data = parts.storage(record).dataFolder(record.id());
    return data.map(folder -> parts.runtime(record).state(record.id(), folder));
  }
}
