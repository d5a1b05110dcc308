package dev.bpg;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.plan.RecoveryRequest;
import dev.bpg.internal.plan.RecoveryTarget;
import dev.bpg.internal.plan.RecoveryTimes;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.Lsn;
import dev.bpg.model.RecoveryProgress;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SpaceLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Describes a new branch. Not thread-safe; {@link #create()} may be called several times. */
public final class BranchBuilder {

  private final Engine engine;
  private final BranchName parent;
  private Optional<String> snapshot = Optional.empty();
  private Optional<RecoveryTarget> target = Optional.empty();
  private Duration recoveryTimeout = Duration.ofHours(1);
  private Consumer<RecoveryProgress> onRecovery = progress -> {};
  private Optional<String> name = Optional.empty();
  private BranchMode mode = BranchMode.CONSISTENT;
  private Optional<Duration> expiresAfter = Optional.empty();
  private ServerSettings settings = ServerSettings.none();
  private SpaceLimits limits = SpaceLimits.none();
  private boolean isProtected;
  private Optional<Duration> idleStop = Optional.empty();

  BranchBuilder(Engine engine, BranchName parent) {
    this.engine = engine;
    this.parent = parent;
  }

  /**
   * A snapshot of the parent to take the data of, by its id or label; of several with one label,
   * the newest. Default: the parent's present data.
   */
  public BranchBuilder snapshot(String idOrLabel) {
    this.snapshot = Optional.of(idOrLabel);
    return this;
  }

  /**
   * The parent's data as of a time: all that was committed then or before, to the microsecond, and
   * nothing after. It needs {@link Branch#archive()}; {@link Branch#recoveryWindow()} says which
   * times are possible. The parent is not changed.
   */
  public BranchBuilder at(Instant time) {
    this.target = Optional.of(new RecoveryTarget.AtTime(time.truncatedTo(ChronoUnit.MICROS)));
    return this;
  }

  /**
   * The same, of a time as people write it: {@code 2 hours ago}, {@code -30 min}, {@code 1 day}, or
   * ISO 8601 with an offset or zone, such as {@code 2026-11-20T14:30:00+01:00}. Relative ones count
   * back from this call.
   *
   * @throws RefusedException if it is none, has no zone, or is a time that the zone's clocks skip
   */
  public BranchBuilder at(String time) {
    return at(RecoveryTimes.parse(time, Instant.now()));
  }

  /**
   * The parent's data as of a position in its WAL: all that was written before it.
   *
   * @param lsn as Postgres writes it: {@code 0/16B3748}
   * @throws RefusedException if it is not written like that
   */
  public BranchBuilder atLsn(String lsn) {
    try {
      this.target = Optional.of(new RecoveryTarget.AtLsn(Lsn.parse(lsn)));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "recover to", "LSN " + lsn, "it is no LSN", "write it like 0/16B3748", e);
    }
    return this;
  }

  /**
   * The parent's data as of a point that was named by {@code pg_create_restore_point}; of several
   * of one name, the last.
   */
  public BranchBuilder atRestorePoint(String restorePoint) {
    this.target = Optional.of(new RecoveryTarget.AtRestorePoint(restorePoint));
    return this;
  }

  /**
   * How long a recovery to a point in time may take. Default: 1 hour.
   *
   * @throws RefusedException if the time is not positive
   */
  public BranchBuilder recoveryTimeout(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new RefusedException(
          "recover within", time.toString(), "it is not positive", "give a longer time");
    }
    this.recoveryTimeout = time;
    return this;
  }

  /**
   * Has a listener told how far a recovery to a point in time is, with each segment of WAL that is
   * replayed, in a thread of its own that is done before {@link #create()} returns, and so must not
   * wait for the caller's. What it throws is logged. A long recovery is logged every ten seconds
   * without it, too.
   */
  public BranchBuilder onRecovery(Consumer<RecoveryProgress> listener) {
    this.onRecovery = listener;
    return this;
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
    this.expiresAfter = Optional.of(checkedExpiry(time));
    return this;
  }

  static Duration checkedExpiry(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new RefusedException(
          "let a branch expire after", time.toString(), "it is not positive", "give a longer time");
    }
    return time;
  }

  /**
   * Has its server stopped when nobody was connected to it for this long; see {@link
   * Branch#idleStop(Duration)}. Default: never.
   *
   * @throws RefusedException if the time is not positive
   */
  public BranchBuilder idleStop(Duration time) {
    this.idleStop = Optional.of(checkedIdleTime(time));
    return this;
  }

  static Duration checkedIdleTime(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new RefusedException(
          "stop a branch when idle for",
          time.toString(),
          "it is not positive",
          "give a longer time, or leave it out");
    }
    return time;
  }

  /**
   * Has every deletion of it refused until {@link Branch#unprotect()} is called; see {@link
   * Branch#protect()}. Default: it can be deleted. {@link #createTemporary()} refuses it.
   */
  public BranchBuilder protectedFromDeletion() {
    this.isProtected = true;
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
   * The most space that the branch may take of its own, in bytes: what it shares with its parent
   * does not count, what is kept for those branched from it does. Writing more fails in Postgres as
   * on a full disk. Default: no bound. What is branched from it does not inherit it.
   *
   * @throws RefusedException if it is not positive, or less than the reservation; on a storage that
   *     has no quotas, {@link #create()} throws it
   */
  public BranchBuilder quota(long bytes) {
    this.limits = limits.withQuota(bytes);
    return this;
  }

  /**
   * Space that is set aside for the branch, in bytes, whatever others write. Default: none.
   *
   * @throws RefusedException if it is not positive, or more than the quota; on a storage that has
   *     no reservations, {@link #create()} throws it
   */
  public BranchBuilder reservation(long bytes) {
    this.limits = limits.withReservation(bytes);
    return this;
  }

  /**
   * Creates the branch and returns when its server takes connections. It stays until it is deleted,
   * and its server runs until it is stopped, whatever becomes of this process.
   *
   * @throws dev.bpg.error.NotFoundException if the parent, or the snapshot of it, does not exist
   * @throws dev.bpg.error.AlreadyExistsException if the name is taken
   * @throws RefusedException if the parent cannot be branched safely, or has tablespaces elsewhere,
   *     or its storage has no limits and some are asked for
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

  /** What it describes, for as many branches as are wanted. */
  BranchRequest pooled() {
    refusePooled(name.isPresent(), "its branches would have one name", "leave the name out");
    refusePooled(
        target.isPresent(),
        "it is of a point in time",
        "branch that point, take a snapshot of the branch, and make a pool of it");
    refusePooled(
        expiresAfter.isPresent() || isProtected,
        "its branches go when the pool says so",
        "leave expiry and protection out");
    return request(true);
  }

  /**
   * Like {@link #create()}, for a branch whose server somebody else runs in a container: in a
   * network of his own, for example. Makes the data, and says what the container has to be made of.
   *
   * @param image the container's image, with Postgres of the parent's major version; empty for the
   *     image that made the parent's data, or if that was no image, the one that a new database of
   *     its version would get
   * @throws dev.bpg.error.UnavailableException if there is no Docker daemon, or the image cannot be
   *     had, has no Postgres, or one of another major version
   * @throws RefusedException if the data is to be of a point in time
   */
  public PreparedBranch<Branch> prepare(Optional<String> image) {
    return new PreparedBranch<>(
        engine.prepareBranch(request(false), image),
        prepared -> new Branch(engine, engine.complete(prepared)));
  }

  /**
   * Like {@link #prepare}, for a branch that goes as one of {@link #createTemporary()} does, and
   * its container with it.
   */
  public PreparedBranch<TemporaryBranch> prepareTemporary(Optional<String> image) {
    return new PreparedBranch<>(
        engine.prepareBranch(request(true), image),
        prepared -> new TemporaryBranch(engine, engine.complete(prepared)));
  }

  private void refusePooled(boolean condition, String reason, String hint) {
    if (condition) {
      throw new RefusedException("make a pool of", parent.toString(), reason, hint);
    }
  }

  private BranchRequest request(boolean temporary) {
    return new BranchRequest(
        parent,
        snapshot,
        target.map(to -> new RecoveryRequest(to, recoveryTimeout, onRecovery)),
        name,
        mode,
        expiresAfter,
        settings,
        limits,
        temporary,
        isProtected,
        idleStop);
  }
}
