package dev.bpg.model;

/**
 * The live state of a branch, read from its storage and its server at the moment of the call.
 *
 * @param state the state
 * @param reason why, in a few words: {@code it takes connections}, {@code it was shut down}, {@code
 *     volume missing}, …
 */
public record BranchStatus(State state, String reason) {

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
}
