package dev.bpg.server;

import java.util.Optional;

/**
 * The state of a branch's server at one moment.
 *
 * @param kind what it is
 * @param reason why, in a few words
 * @param endpoint where it listens; present only when it is {@link Kind#RUNNING}
 * @param missing what should be there and is not, where a runtime can tell
 */
public record ServerState(
    Kind kind, String reason, Optional<Endpoint> endpoint, Optional<Missing> missing) {

  /** A state in which nothing is known to be missing. */
  public ServerState(Kind kind, String reason, Optional<Endpoint> endpoint) {
    this(kind, reason, endpoint, Optional.empty());
  }

  /** What can be missing of a server that was not shut down. */
  public enum Missing {
    /** What the runtime keeps a server in: its container. */
    SERVER,
    /** The port that a running one is reached by. */
    PORT
  }

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
