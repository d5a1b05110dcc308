package dev.bpg.model;

/**
 * The live state of a branch, read from its storage and its server at the moment of the call.
 *
 * @param state the state
 * @param health what to make of it
 * @param reason why, in a few words: {@code it takes connections}, {@code it was shut down}, {@code
 *     volume missing}, …
 */
public record BranchStatus(State state, Health health, String reason) {

  /** A status whose health follows from its state. */
  public BranchStatus(State state, String reason) {
    this(
        state,
        switch (state) {
          case RUNNING -> Health.HEALTHY;
          case STARTING -> Health.NOT_READY;
          case STOPPED -> Health.STOPPED;
          case CRASHED -> Health.SERVER_EXITED;
          case BROKEN -> Health.DATA_DAMAGED;
        },
        reason);
  }

  /** What a branch can be. */
  public enum State {
    /** Its server takes connections. */
    RUNNING,
    /** Its server has been started and does not take connections yet. */
    STARTING,
    /** It has no server, and its last one was shut down. It can be started. */
    STOPPED,
    /** It has no server, and its last one ended without a shutdown. It can be started. */
    CRASHED,
    /** It cannot be started: its data is missing or damaged. */
    BROKEN
  }

  /** What a state means to whoever watches over branches. */
  public enum Health {
    /** Its server takes connections and is what its record says. */
    HEALTHY,
    /** It was stopped, and nothing is wrong with it. */
    STOPPED,
    /** Its server takes connections and is not what its record says: another port or setting. */
    DRIFT,
    /** Its server runs and does not take connections that may write. */
    NOT_READY,
    /** Its container runs and its port is not published. */
    PORT_MISSING,
    /** Its server ended without a shutdown. {@code start()} recovers. */
    SERVER_EXITED,
    /** Its container is gone without a shutdown. {@code start()} makes another one and recovers. */
    SERVER_MISSING,
    /** Its WAL is to be archived and the folder of its archive is gone. */
    ARCHIVE_MISSING,
    /** Its storage has no volume of it. */
    VOLUME_MISSING,
    /** What is in its volume is no data folder of Postgres. */
    DATA_DAMAGED
  }

  /** Whether nothing is wrong: {@link Health#HEALTHY} or {@link Health#STOPPED}. */
  public boolean isHealthy() {
    return health == Health.HEALTHY || health == Health.STOPPED;
  }
}
