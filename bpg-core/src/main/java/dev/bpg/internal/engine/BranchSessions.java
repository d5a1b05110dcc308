package dev.bpg.internal.engine;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.ClientProcesses;
import dev.bpg.internal.postgres.ClientSessions;
import dev.bpg.internal.postgres.JdbcUrl;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.postgres.ReadySession;
import dev.bpg.internal.postgres.ServerDataSource;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The sessions of clients on the servers of branches. Thread-safe. */
public final class BranchSessions {

  private final Parts parts;
  private final ServerLifecycle servers;
  private final PasswordRotation passwords;

  BranchSessions(Parts parts, ServerLifecycle servers, PasswordRotation passwords) {
    this.parts = parts;
    this.servers = servers;
    this.passwords = passwords;
  }

  /** One that whoever gets a branch finds open. */
  public ReadySession open(BranchRecord branch) {
    return Attempt.to(
        "connect to branch",
        branch.name(),
        Attempt.sql(
            () ->
                ReadySession.open(
                    url(branch, JdbcUrl.DATABASE),
                    passwords.password(branch),
                    new ExistingBranches(parts).data("connect to branch", branch))));
  }

  /**
   * Ends all.
   *
   * @return whether none is left
   */
  public boolean end(BranchRecord branch) {
    return Attempt.to(
        "end the sessions of",
        branch.name(),
        Attempt.sql(
            () -> {
              try (Connection own = superuser(branch, JdbcUrl.DATABASE).getConnection()) {
                return ClientSessions.endOthers(own);
              }
            }));
  }

  /** Whether there are any, but for bpg's own; none if the server does not run. */
  public boolean exist(BranchRecord branch) {
    Endpoint server;
    try {
      server = servers.endpoint(branch);
    } catch (UnavailableException e) {
      return false;
    }
    return Attempt.to("look at branch", branch.name(), Attempt.sql(() -> exist(branch, server)));
  }

  private boolean exist(BranchRecord branch, Endpoint server)
      throws IOException, SQLException, InterruptedException {
    if (server.socket().isPresent()
        && ClientProcesses.areGone(
            new ExistingBranches(parts).data("look at branch", branch), ClientProcesses.ENDING)) {
      return false;
    }
    try (Connection own = superuser(branch, JdbcUrl.DATABASE).getConnection()) {
      return ClientSessions.others(own) > 0;
    }
  }

  /**
   * Connections of the superuser to a database: over the socket where there is one, which works
   * whatever somebody did to the superuser's password.
   */
  public DataSource superuser(BranchRecord branch, String database) {
    return Attempt.to(
        "connect to branch",
        branch.name(),
        () -> {
          Endpoint server = servers.endpoint(branch);
          if (server.socket().isPresent()) {
            return LocalConnection.dataSource(server, database);
          }
          String url = url(branch, database);
          String password = passwords.password(branch);
          return new ServerDataSource(() -> url, () -> password);
        });
  }

  private String url(BranchRecord branch, String database)
      throws IOException, InterruptedException {
    return JdbcUrl.of(servers.endpoint(branch), database, new ServerTls(parts).authority(branch));
  }
}
