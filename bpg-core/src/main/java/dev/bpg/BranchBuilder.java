package dev.bpg;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.ServerSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Describes a new branch. Not thread-safe; {@link #create()} may be called several times. */
public final class BranchBuilder {

  private final Engine engine;
  private final BranchName parent;
  private Optional<String> name = Optional.empty();
  private BranchMode mode = BranchMode.CONSISTENT;
  private Optional<Duration> expiresAfter = Optional.empty();
  private ServerSettings settings = ServerSettings.none();

  BranchBuilder(Engine engine, BranchName parent) {
    this.engine = engine;
    this.parent = parent;
  }

  /**
   * The new branch's name within its parent's database, such as {@code dev}. Default: {@code
   * branch-} or {@code temp-} and the branch's id.
   *
   * @throws RefusedException if it breaks the rule of {@link BranchName}
   */
  public BranchBuilder named(String branch) {
    this.name = Optional.of(parent.sibling(branch).branch());
    return this;
  }

  /**
   * As fast as the storage allows; see {@link BranchMode#FAST}. {@code UNLOGGED} tables of a
   * running parent come back empty, as after any crash recovery.
   */
  public BranchBuilder fast() {
    this.mode = BranchMode.FAST;
    return this;
  }

  /**
   * Right after a checkpoint of the parent; see {@link BranchMode#CONSISTENT}. The default. {@code
   * UNLOGGED} tables of a running parent come back empty.
   */
  public BranchBuilder consistent() {
    this.mode = BranchMode.CONSISTENT;
    return this;
  }

  /**
   * Has the branch deleted this long after its creation, by the process that made it or, if that is
   * gone, by the next one that opens the home. A branch with children is kept. Default: never.
   *
   * @throws RefusedException if the time is not positive
   */
  public BranchBuilder expiresAfter(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new RefusedException(
          "let a branch expire after", time.toString(), "it is not positive", "give a longer time");
    }
    this.expiresAfter = Optional.of(time);
    return this;
  }

  /**
   * A server setting of the branch's own, beside those it inherits; see {@link
   * DatabaseBuilder#setting}.
   *
   * @throws RefusedException if the name is not one of a setting, or of one that bpg manages
   */
  public BranchBuilder setting(String name, String value) {
    this.settings = settings.with(name, value);
    return this;
  }

  /**
   * Several server settings.
   *
   * @see #setting
   */
  public BranchBuilder settings(Map<String, String> values) {
    this.settings = settings.merge(new ServerSettings(values));
    return this;
  }

  /**
   * Creates the branch and returns when its server takes connections. It stays until it is deleted,
   * and its server runs until it is stopped, whatever becomes of this process.
   *
   * @throws dev.bpg.error.NotFoundException if the parent does not exist
   * @throws dev.bpg.error.AlreadyExistsException if the name is taken
   * @throws RefusedException if the parent cannot be branched safely, or has tablespaces elsewhere
   * @throws dev.bpg.error.UnavailableException if the parent's data is missing, or this machine
   *     lacks something: binaries, space, rights
   * @throws dev.bpg.error.StartFailedException if Postgres refuses, a setting for example; its own
   *     message is in the error's
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public Branch create() {
    return new Branch(engine, engine.createBranch(request(false)));
  }

  /**
   * Like {@link #create()}, for a branch that goes with {@link TemporaryBranch#close()}, with the
   * closing of its {@link Bpg}, or within 10 seconds of this process's end however that comes. Its
   * server never waits for the disk ({@code fsync} is off unless set).
   */
  public TemporaryBranch createTemporary() {
    return new TemporaryBranch(engine, engine.createBranch(request(true)));
  }

  private BranchRequest request(boolean temporary) {
    return new BranchRequest(parent, name, mode, expiresAfter, settings, temporary);
  }
}
