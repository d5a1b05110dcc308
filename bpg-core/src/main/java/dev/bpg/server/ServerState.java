package dev.bpg.server;

import java.util.Optional;

/**
 * The state of a branch's server at one moment.
 *
 * @param kind what it is
 * @param reason why, in a few words
 * @param endpoint where it listens; present only when it is {@link Kind#RUNNING}
 */
public record ServerState(Kind kind, String reason, Optional<Endpoint> endpoint) {

  /** What a server can be. */
  public enum Kind {
    /** It takes connections. */
    RUNNING,
    /** It exists and does not take connections yet, or no longer. */
    STARTING,
    /**
     * None runs and the data folder says that the last one was shut down, or that none ever ran.
     */
    STOPPED,
    /** None runs, and the last one was not shut down. */
    CRASHED,
    /** Nothing can run: the data folder is missing, or not one of Postgres. */
    BROKEN
  }
}
