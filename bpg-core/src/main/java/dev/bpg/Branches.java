package dev.bpg;

import java.util.List;

/**
 * Branches: the static door to {@link Bpg#shared()}.
 *
 * <pre>{@code
 * Branch dev = Branches.from("api/main").fast().create();
 * }</pre>
 *
 * <p>All methods are safe for use by several threads.
 */
public final class Branches {

  private Branches() {}

  /**
   * Begins to describe a branch of another one.
   *
   * @param parent the parent's name, such as {@code api/main}
   * @throws dev.bpg.error.RefusedException if the name breaks the rule
   */
  public static BranchBuilder from(String parent) {
    return Bpg.shared().from(parent);
  }

  /**
   * Begins to describe a branch of a snapshot.
   *
   * @param id the snapshot's id
   * @throws dev.bpg.error.NotFoundException if it does not exist
   */
  public static BranchBuilder fromSnapshot(String id) {
    return Bpg.shared().fromSnapshot(id);
  }

  /**
   * A branch that exists.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist
   */
  public static Branch get(String name) {
    return Bpg.shared().getBranch(name);
  }

  /** All branches of all databases, by name. */
  public static List<Branch> list() {
    return Bpg.shared().listBranches();
  }

  /** All branches of a database, by name; empty if it does not exist. */
  public static List<Branch> list(String database) {
    return Bpg.shared().listBranches(database);
  }
}
