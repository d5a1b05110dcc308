package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.ClientProcesses;
import dev.bpg.internal.postgres.JdbcUrl;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.postgres.ReadySession;
import dev.bpg.internal.postgres.WriteTrace;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Whether a branch that somebody had can be given to somebody else. Thread-safe. */
public final class Reuse {

  // That of a password that is changed.
  private static final int OWN_TRANSACTIONS = 1;

  private final Parts parts;
  private final ServerLifecycle servers;
  private final BranchSessions clients;
  private final PasswordRotation passwords;

  Reuse(Parts parts, ServerLifecycle servers, BranchSessions clients, PasswordRotation passwords) {
    this.parts = parts;
    this.servers = servers;
    this.clients = clients;
    this.passwords = passwords;
  }

  /**
   * A branch that is fit for somebody else.
   *
   * @param trace its trace from now on
   * @param session the session in which that was seen, for whoever gets the branch
   */
  public record Renewed(WriteTrace trace, ReadySession session) {}

  /**
   * By what it is seen that nothing is written to a branch; empty if nothing can be told.
   *
   * @param session one that is open, if there is one
   */
  public Optional<WriteTrace> trace(BranchRecord branch, Optional<ReadySession> session) {
    return Attempt.to("look at branch", branch.name(), Attempt.sql(() -> traced(branch, session)));
  }

  private Optional<WriteTrace> traced(BranchRecord branch, Optional<ReadySession> session)
      throws IOException, SQLException, InterruptedException {
    Endpoint server = servers.endpoint(branch);
    Path data = data(branch);
    if (server.socket().isEmpty()) {
      return Optional.empty();
    }
    if (session.isPresent()) {
      return session.get().ask(superuser -> WriteTrace.of(superuser, data));
    }
    try (Connection superuser = LocalConnection.open(server, JdbcUrl.DATABASE)) {
      return WriteTrace.of(superuser, data);
    }
  }

  /**
   * Makes a branch fit for somebody else if it is what it was: its record is the same, nothing was
   * made from it, and nothing was written to it. It gets another password, and its sessions are
   * ended before and after that: whoever comes back in between came with the old one.
   *
   * @return empty if it is not what it was
   */
  public Optional<Renewed> renew(BranchRecord branch, WriteTrace since) {
    return Attempt.to("renew branch", branch.name(), Attempt.sql(() -> renewed(branch, since)));
  }

  /** Whether a branch is what it was as far as its files show, which is not always all. */
  public boolean looksUnwritten(BranchRecord branch, WriteTrace since) {
    return !since.isOvertaken(data(branch));
  }

  private Optional<Renewed> renewed(BranchRecord branch, WriteTrace since)
      throws IOException, SQLException, InterruptedException {
    Path data = data(branch);
    if (since.isOvertaken(data)
        || isChanged(branch)
        || hasChildren(branch)
        || hasSnapshots(branch)) {
      return Optional.empty();
    }
    // To end a session that is ending by itself, Postgres takes a tenth of a second.
    ClientProcesses.areGone(data, ClientProcesses.ENDING);
    ReadySession session = clients.open(branch);
    Optional<WriteTrace> trace = Optional.empty();
    try {
      trace = session.ask(own -> rotated(branch, own, since, data));
    } finally {
      if (trace.isEmpty()) {
        session.close();
      }
    }
    return trace.map(now -> new Renewed(now, session));
  }

  private Optional<WriteTrace> rotated(
      BranchRecord branch, Connection own, WriteTrace since, Path data)
      throws IOException, SQLException, InterruptedException {
    Optional<WriteTrace> now = since.afterSessions(own, data, 0);
    if (now.isEmpty()) {
      return now;
    }
    passwords.rotate(branch, own);
    return now.get().afterSessions(own, data, OWN_TRANSACTIONS);
  }

  private boolean isChanged(BranchRecord branch) throws IOException {
    return parts.catalog().find(branch.name()).filter(branch::equals).isEmpty();
  }

  private boolean hasChildren(BranchRecord branch) throws IOException {
    return parts.catalog().list(branch.name().database()).stream()
        .flatMap(record -> record.parent().stream())
        .anyMatch(parent -> branch.isOrWas(parent.id()));
  }

  // Marks are snapshots too.
  private boolean hasSnapshots(BranchRecord branch) throws IOException {
    return !parts.snapshots().list(branch.ids()).isEmpty();
  }

  private Path data(BranchRecord branch) {
    return new ExistingBranches(parts).data("look at branch", branch);
  }
}
