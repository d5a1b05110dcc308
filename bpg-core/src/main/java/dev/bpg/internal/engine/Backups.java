package dev.bpg.internal.engine;

import dev.bpg.internal.postgres.KeptSessions;
import dev.bpg.internal.postgres.OnlineBackup;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.server.Endpoint;

/** Puts running parents into backup mode. Safe for use by several threads. */
final class Backups {

  private final Background background;
  private final KeptSessions sessions;

  Backups(Background background, KeptSessions sessions) {
    this.background = background;
    this.sessions = sessions;
  }

  /** The sessions on running branches. */
  KeptSessions sessions() {
    return sessions;
  }

  /** Begins to, off the caller's path. */
  PendingBackup begin(BranchName parent, Endpoint server, BranchId target, boolean holdWal) {
    return new PendingBackup(() -> start(parent, server, target, holdWal), background.tasks());
  }

  /** Does so and waits for it. */
  OnlineBackup start(BranchName parent, Endpoint server, BranchId target, boolean holdWal) {
    return OnlineBackup.start(parent, server, sessions, "bpg " + target, holdWal);
  }
}
