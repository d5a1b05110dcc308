package dev.bpg.internal.catalog;

import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.ServerSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the catalog knows of one incarnation of a branch. Live state is not in it: that is asked of
 * the storage and the server.
 *
 * @param name its name
 * @param id its id, which names all that was made for it
 * @param parent the branch it was made from; empty for a main branch
 * @param state how far it is
 * @param undo what has to be undone to be rid of it, in the order in which it was done
 * @param storage the name of the storage that keeps its volume
 * @param runtime the name of the runtime that runs its server
 * @param build the build of Postgres that its data folder belongs to
 * @param settings server settings, its parent's included
 * @param origin where its data came from
 * @param createdAt when its creation began
 * @param expiresAt when it may be deleted by whoever comes by
 * @param owner the lease of the process that it goes with; empty unless temporary
 * @param port the port it had last, to be taken again if free
 */
public record BranchRecord(
    BranchName name,
    BranchId id,
    Optional<Parent> parent,
    State state,
    List<Undo> undo,
    String storage,
    String runtime,
    PostgresBuild build,
    ServerSettings settings,
    BranchOrigin origin,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<String> owner,
    OptionalInt port) {

  /** Copies the list. */
  public BranchRecord {
    undo = List.copyOf(undo);
  }

  /** The branch another one was made from: its name then, and the incarnation. */
  public record Parent(BranchName name, BranchId id) {}

  /** How far a branch is. */
  public enum State {
    /** Being made. If nobody holds its lock, its maker is dead and it has to be undone. */
    CREATING,
    /** There. */
    READY,
    /** Being deleted. If nobody holds its lock, the deletion has to be finished. */
    DELETING
  }

  /** One thing that was made, or may have been, and how to be rid of it. */
  public enum Undo {
    /** Delete the password file. */
    DELETE_SECRET,
    /** Delete the volume. */
    DELETE_VOLUME,
    /** Stop the server at once and remove its log and sockets. */
    REMOVE_SERVER
  }

  /** Whether it goes with the process that made it. */
  public boolean temporary() {
    return owner.isPresent();
  }

  /** The same in another state. */
  public BranchRecord withState(State other) {
    return with(other, origin, owner, port);
  }

  /** The same with what became known of its origin. */
  public BranchRecord withOrigin(BranchOrigin other) {
    return with(state, other, owner, port);
  }

  /** The same as a permanent branch. */
  public BranchRecord withoutOwner() {
    return with(state, origin, Optional.empty(), port);
  }

  /** The same with another port. */
  public BranchRecord withPort(int other) {
    return with(state, origin, owner, OptionalInt.of(other));
  }

  // All that ever changes of a record.
  private BranchRecord with(
      State newState, BranchOrigin newOrigin, Optional<String> newOwner, OptionalInt newPort) {
    return new BranchRecord(
        name, id, parent, newState, undo, storage, runtime, build, settings, newOrigin, createdAt,
        expiresAt, newOwner, newPort);
  }
}
