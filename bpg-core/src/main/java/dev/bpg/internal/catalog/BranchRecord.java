package dev.bpg.internal.catalog;

import dev.bpg.internal.platform.Durability;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.ServerSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
 * @param policy what is to be done with it while nobody asks for it
 * @param incarnations the ids it had before, and what has to be removed of them
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
    BranchPolicy policy,
    Incarnations incarnations,
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

  /**
   * What its changes have to survive. After a crash of the machine nobody has a temporary branch
   * any more, and what is left of it is found by its ids, which were reserved.
   */
  public Durability durability() {
    return temporary() ? Durability.PROCESS : Durability.MACHINE;
  }

  /** When it may be deleted by whoever comes by. */
  public Optional<Instant> expiresAt() {
    return policy.expiresAt();
  }

  /** The ids of all its incarnations, the present one last. */
  public List<BranchId> ids() {
    List<BranchId> ids = new ArrayList<>(incarnations.earlier());
    ids.add(id);
    return ids;
  }

  /** The same with those of which something has to be removed. */
  public List<BranchId> allIds() {
    return Stream.concat(ids().stream(), incarnations.stale().stream()).distinct().toList();
  }

  /** Whether this is, or once was, the branch of an id. */
  public boolean isOrWas(BranchId other) {
    return id.equals(other) || incarnations.earlier().contains(other);
  }

  /** The same in another state. */
  public BranchRecord withState(State other) {
    return with(name, parent, other, origin, policy, owner, port);
  }

  /** The same with what became known of its origin. */
  public BranchRecord withOrigin(BranchOrigin other) {
    return with(name, parent, state, other, policy, owner, port);
  }

  /** The same with another policy. */
  public BranchRecord withPolicy(BranchPolicy other) {
    return with(name, parent, state, origin, other, owner, port);
  }

  /** The same with another lease. */
  public BranchRecord withOwner(String other) {
    return with(name, parent, state, origin, policy, Optional.of(other), port);
  }

  /** The same as a permanent branch. */
  public BranchRecord withoutOwner() {
    return with(name, parent, state, origin, policy, Optional.empty(), port);
  }

  /** The same with another port. */
  public BranchRecord withPort(int other) {
    return with(name, parent, state, origin, policy, owner, OptionalInt.of(other));
  }

  /** The same, for any port that is free. */
  public BranchRecord withoutPort() {
    return with(name, parent, state, origin, policy, owner, OptionalInt.empty());
  }

  /** The same under another name. */
  public BranchRecord withName(BranchName other) {
    return with(other, parent, state, origin, policy, owner, port);
  }

  /** The same as a child of another branch, or of none. */
  public BranchRecord withParent(Optional<Parent> other) {
    return with(name, other, state, origin, policy, owner, port);
  }

  private BranchRecord with(
      BranchName newName,
      Optional<Parent> newParent,
      State newState,
      BranchOrigin newOrigin,
      BranchPolicy newPolicy,
      Optional<String> newOwner,
      OptionalInt newPort) {
    return new BranchRecord(
        newName,
        id,
        newParent,
        newState,
        undo,
        storage,
        runtime,
        build,
        settings,
        newOrigin,
        createdAt,
        newPolicy,
        incarnations,
        newOwner,
        newPort);
  }

  private BranchRecord with(BranchId newId, BranchOrigin newOrigin, Incarnations newIncarnations) {
    return new BranchRecord(
        name,
        newId,
        parent,
        state,
        undo,
        storage,
        runtime,
        build,
        settings,
        newOrigin,
        createdAt,
        policy,
        newIncarnations,
        owner,
        port);
  }

  /** The same while another incarnation of it is made. */
  public BranchRecord preparing(BranchId next, boolean running) {
    return with(id, origin, incarnations.preparing(next, running));
  }

  /** The next incarnation of it, with another origin; the present one is stale. */
  public BranchRecord replacedBy(BranchId next, BranchOrigin nextOrigin) {
    return with(next, nextOrigin, incarnations.replaced(id));
  }

  /** The same with nothing left to remove. */
  public BranchRecord settled() {
    return with(id, origin, incarnations.settled());
  }
}
