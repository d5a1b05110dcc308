package dev.bpg;

import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.SnapshotListing;

/**
 * A database that was prepared once to make branches of; see {@link DatabaseBuilder#template}.
 *
 * <p>A handle, as of when it was obtained: that counts as a use of the template, which is kept for
 * at least an hour after it and for as long as it has branches. Ask the builder again for each
 * suite, or group of tests: it costs a few file reads. Thread-safe.
 */
public final class Template {

  /** The label of the snapshot that branches are made of. */
  public static final String SNAPSHOT = "template";

  private final Engine engine;
  private final SnapshotListing.Entry entry;

  Template(Engine engine, SnapshotListing.Entry entry) {
    this.engine = engine;
    this.entry = entry;
  }

  /** The name of its database, such as {@code shop-1f2e3d4c5b6a}. */
  public String name() {
    return entry.branch().name().database();
  }

  /**
   * Its database. Its server is stopped, so that it takes no memory; the snapshot does not see what
   * is changed in it.
   */
  public Database database() {
    return new Database(engine, entry.branch());
  }

  /** The snapshot that branches are made of. They start without recovery. */
  public Snapshot snapshot() {
    return new Snapshot(engine, entry);
  }

  /**
   * Begins to describe a branch of it.
   *
   * <pre>{@code
   * try (TemporaryBranch branch = template.branch().createTemporary()) { … }
   * }</pre>
   */
  public BranchBuilder branch() {
    return new BranchBuilder(engine, entry.branch().name())
        .snapshot(entry.snapshot().id().value())
        .fast();
  }

  /** {@code template shop-1f2e3d4c5b6a}. */
  @Override
  public String toString() {
    return "template " + name();
  }
}
