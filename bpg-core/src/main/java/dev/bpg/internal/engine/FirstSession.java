package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.JdbcUrl;
import dev.bpg.internal.postgres.ReadySession;
import dev.bpg.internal.postgres.RolePassword;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session that whoever gets a new branch finds open, and in which its server is told its
 * password. It is let in by the password that is in the data, the parent's. To tell it in a session
 * of its own takes a sixth of all that a server does from its start to its end, and is what is left
 * where the parent got another one after the snapshot was taken.
 */
final class FirstSession implements NewBranch.Finisher {

  private static final Logger LOG = LoggerFactory.getLogger(FirstSession.class);

  private final Parts parts;
  private final BranchRecord parent;
  private final BranchRecord branch;
  private final Consumer<ReadySession> taker;

  /**
   * One of a branch.
   *
   * @param taker gets the session, if there is one
   */
  FirstSession(
      Parts parts, BranchRecord parent, BranchRecord branch, Consumer<ReadySession> taker) {
    this.parts = parts;
    this.parent = parent;
    this.branch = branch;
    this.taker = taker;
  }

  @Override
  public void tell(RolePassword password, Endpoint endpoint) throws SQLException {
    Optional<ReadySession> session = open(endpoint);
    if (session.isEmpty()) {
      password.set(endpoint);
      return;
    }
    try {
      session.get().tell(password);
    } catch (Throwable first) {
      session.get().close();
      throw first;
    }
    taker.accept(session.get());
  }

  @Override
  public void finish(Endpoint endpoint) {
    // All was done when the password was told.
  }

  private Optional<ReadySession> open(Endpoint endpoint) {
    try {
      Optional<String> inherited = parts.secrets().find(parent.id());
      if (inherited.isEmpty()) {
        return Optional.empty();
      }
      String url = JdbcUrl.of(endpoint, JdbcUrl.DATABASE, new ServerTls(parts).authority(branch));
      Path data = parts.storage(branch).dataFolder(branch.id()).orElseThrow();
      return Optional.of(ReadySession.open(url, inherited.get(), data));
    } catch (IOException | SQLException e) {
      // The parent may have got another one since.
      LOG.debug("{} is not opened by its parent's password", branch.name(), e);
      return Optional.empty();
    }
  }
}
