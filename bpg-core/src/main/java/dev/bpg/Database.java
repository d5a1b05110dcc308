package dev.bpg;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import java.util.List;

/** A database: a name, a main branch and the branches made from it. Immutable and thread-safe. */
public final class Database {

  private final Engine engine;
  private final BranchRecord main;

  Database(Engine engine, BranchRecord main) {
    this.engine = engine;
    this.main = main;
  }

  /** Its name, such as {@code api}. */
  public String name() {
    return main.name().database();
  }

  /** The major version of Postgres that it belongs to, such as 17. */
  public int version() {
    return main.build().major();
  }

  /** Its main branch. */
  public Branch main() {
    return new Branch(engine, main);
  }

  /** All its branches by name, the main one included, as of now. */
  public List<Branch> branches() {
    return engine.list(name()).stream().map(record -> new Branch(engine, record)).toList();
  }

  /**
   * Begins to describe a branch of its main branch.
   *
   * @see Branches#from(String)
   */
  public BranchBuilder branch() {
    return main().branch();
  }

  /**
   * Deletes it with all its branches.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void delete() {
    engine.deleteDatabase(name());
  }

  /**
   * Deletes it if nothing was branched from it. What has taken its name since is not touched.
   *
   * @throws dev.bpg.error.BusyException if it has branches, which the message names
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void deleteUnlessBranched() {
    engine.deleteUnlessBranched(main);
  }

  /** {@code database api, Postgres 17.11 (embedded)}. */
  @Override
  public String toString() {
    return "database " + name() + ", " + main.build();
  }
}
