package dev.bpg.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.error.NotFoundException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.DatabaseRequest;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.ResetRequest;
import dev.bpg.internal.engine.ResetRequest.Source;
import dev.bpg.internal.engine.SnapshotListing;
import dev.bpg.internal.engine.SnapshotRequest;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.VolumeProperties;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What can be interrupted, or fail, or be killed in the middle. */
public enum Operation {
  /** Makes the database {@code new}. */
  CREATE_DATABASE,
  /** Makes {@code api/new}. */
  BRANCH,
  /** Makes {@code api/new} as a temporary branch. */
  BRANCH_TEMPORARILY,
  /** Deletes {@code api/dev}. */
  DELETE,
  /** Deletes {@code api/tree} with its child {@code api/twig}. */
  FORCE_DELETE,
  /** Starts {@code api/dev}. */
  START,
  /** Stops {@code api/dev}. */
  STOP,
  /** Restarts {@code api/dev}. */
  RESTART,
  /** Ends the temporary branch {@code api/new}. */
  CLOSE,
  /** Makes the temporary branch {@code api/new} permanent. */
  KEEP,
  /** Renames {@code api/tree}, which has a child, to {@code api/new}. */
  RENAME,
  /** Renames the database {@code new} to {@code newer}. */
  RENAME_DATABASE,
  /** Makes {@code new/dev} the main branch of its database. */
  PROMOTE,
  /** Makes {@code api/tree} with its child the database {@code new}. */
  PROMOTE_TO,
  /** Resets {@code api/dev}. */
  RESET,
  /** Resets {@code api/tree}, whose child goes. */
  FORCE_RESET,
  /** Rolls {@code api/dev} back to its snapshot {@code seed}. */
  ROLL_BACK,
  /** Rewinds the temporary branch {@code api/new} to its mark {@code seed}. */
  REWIND;

  /** The parent of all branches. */
  public static final BranchName MAIN = BranchName.main("api");

  private static final BranchName DEV = MAIN.sibling("dev");
  private static final BranchName TREE = MAIN.sibling("tree");
  private static final BranchName TWIG = MAIN.sibling("twig");
  private static final BranchName NEW = MAIN.sibling("new");
  private static final BranchName NEW_MAIN = BranchName.main("new");
  private static final BranchName NEW_DEV = NEW_MAIN.sibling("dev");
  private static final BranchName NEWER = BranchName.main("newer");

  /** Whether it makes something that is not there before. */
  public boolean creates() {
    return this == CREATE_DATABASE || this == BRANCH || this == BRANCH_TEMPORARILY;
  }

  /** Whether all branches run before it and after it, with the data of their parents. */
  public boolean keepsRunning() {
    return this == RENAME || this == PROMOTE_TO || this == RESET || this == ROLL_BACK;
  }

  /** Makes what the operation needs, and takes away what it would make. */
  public void prepare(Engine engine, CloneMethod method) {
    find(engine, NEW_MAIN).ifPresent(found -> engine.deletions().database("new"));
    find(engine, NEWER).ifPresent(found -> engine.deletions().database("newer"));
    BranchRecord main = find(engine, MAIN).orElseGet(() -> create(engine, MAIN));
    engine.servers().start(main);
    if (this == CREATE_DATABASE) {
      return;
    }
    if (method == CloneMethod.STOPPED) {
      engine.servers().stop(main);
    }
    find(engine, NEW).ifPresent(found -> engine.deletions().branch(found, true));
    switch (this) {
      case DELETE, STOP, RESTART -> engine.servers().start(ensure(engine, DEV, MAIN));
      case START -> engine.servers().stop(ensure(engine, DEV, MAIN));
      case FORCE_DELETE, RENAME, PROMOTE_TO, FORCE_RESET -> {
        engine.servers().start(ensure(engine, TREE, MAIN));
        ensure(engine, TWIG, TREE);
      }
      case RENAME_DATABASE, PROMOTE -> {
        create(engine, NEW_MAIN);
        ensure(engine, NEW_DEV, NEW_MAIN);
      }
      case RESET -> {
        find(engine, TREE).ifPresent(found -> engine.deletions().branch(found, true));
        engine.servers().start(ensure(engine, DEV, MAIN));
      }
      case ROLL_BACK -> {
        BranchRecord dev = ensure(engine, DEV, MAIN);
        engine.servers().start(dev);
        if (seeds(engine).isEmpty()) {
          engine
              .snapshots()
              .create(
                  new SnapshotRequest(
                      dev, Optional.of("seed"), Optional.empty(), BranchMode.CONSISTENT));
        }
      }
      case CLOSE, KEEP -> engine.createBranch(request(MAIN, NEW, mode(method), true));
      case REWIND ->
          engine
              .snapshots()
              .mark(engine.createBranch(request(MAIN, NEW, mode(method), true)), "seed");
      default -> {}
    }
  }

  /** Does it. */
  public void run(Engine engine, CloneMethod method) {
    switch (this) {
      case CREATE_DATABASE -> create(engine, BranchName.main("new"));
      case BRANCH -> engine.createBranch(request(MAIN, NEW, mode(method), false));
      case BRANCH_TEMPORARILY -> engine.createBranch(request(MAIN, NEW, mode(method), true));
      case DELETE -> engine.deletions().branch(engine.branches().get(DEV), false);
      case FORCE_DELETE -> engine.deletions().branch(engine.branches().get(TREE), true);
      case START -> engine.servers().start(engine.branches().get(DEV));
      case STOP -> engine.servers().stop(engine.branches().get(DEV));
      case RESTART -> engine.servers().restart(engine.branches().get(DEV));
      case CLOSE -> {
        engine.deletions().soon(engine.branches().get(NEW));
        engine.close();
      }
      case KEEP -> engine.keep(engine.branches().get(NEW));
      case RENAME -> engine.rename(engine.branches().get(TREE), "new");
      case RENAME_DATABASE -> engine.renameDatabase(engine.branches().get(NEW_MAIN), "newer");
      case PROMOTE -> engine.promote(engine.branches().get(NEW_DEV));
      case PROMOTE_TO -> engine.promoteTo(engine.branches().get(TREE), "new");
      case RESET, FORCE_RESET ->
          engine.reset(
              reset(engine.branches().get(this == RESET ? DEV : TREE), Source.PARENT, method));
      case ROLL_BACK ->
          engine.reset(reset(engine.branches().get(DEV), Source.OWN_SNAPSHOT, method));
      case REWIND -> engine.reset(reset(engine.branches().get(NEW), Source.MARK, method));
    }
  }

  /** What it works on is there, whole and once, as before or as after it, and runs. */
  public void verify(Engine engine) {
    switch (this) {
      case RENAME -> whole(engine, once(engine, TREE, NEW), List.of(TWIG));
      case PROMOTE_TO -> {
        boolean moved = once(engine, TREE, NEW_MAIN).equals(NEW_MAIN);
        whole(engine, moved ? NEW_MAIN : TREE, List.of(moved ? NEW_MAIN.sibling("twig") : TWIG));
      }
      case RENAME_DATABASE -> {
        BranchName main = once(engine, NEW_MAIN, NEWER);
        whole(engine, main, List.of(main.sibling("dev")));
      }
      case PROMOTE -> whole(engine, NEW_MAIN, List.of(NEW_DEV));
      case RESET -> whole(engine, DEV, List.of());
      case FORCE_RESET -> whole(engine, TREE, List.of());
      case ROLL_BACK -> {
        whole(engine, DEV, List.of());
        assertThat(seeds(engine)).hasSize(1);
      }
      default -> {}
    }
  }

  private static BranchName once(Engine engine, BranchName before, BranchName after) {
    boolean isBefore = find(engine, before).isPresent();
    assertThat(find(engine, after).isPresent()).as(after.toString()).isNotEqualTo(isBefore);
    return isBefore ? before : after;
  }

  private static void whole(Engine engine, BranchName name, List<BranchName> children) {
    BranchRecord branch = engine.branches().get(name);
    assertThat(engine.servers().status(branch).state()).isEqualTo(BranchStatus.State.RUNNING);
    assertThat(engine.servers().password(branch)).isNotEmpty();
    assertThat(branch.incarnations().stale()).isEmpty();
    for (BranchName child : children) {
      BranchRecord record = engine.branches().get(child);
      assertThat(record.parent()).contains(new BranchRecord.Parent(name, branch.id()));
      assertThat(engine.servers().status(record).state()).isEqualTo(BranchStatus.State.RUNNING);
    }
    assertThat(engine.branches().list(name.database()).stream().map(BranchRecord::id).distinct())
        .hasSameSizeAs(engine.branches().list(name.database()));
  }

  private static List<SnapshotListing.Entry> seeds(Engine engine) {
    return engine.snapshots().list().where(entry -> entry.branch().name().equals(DEV)).entries();
  }

  private static ResetRequest reset(BranchRecord branch, Source source, CloneMethod method) {
    Optional<String> seed = source == Source.PARENT ? Optional.empty() : Optional.of("seed");
    return new ResetRequest(branch, source, seed, mode(method), true);
  }

  private static BranchMode mode(CloneMethod method) {
    return method == CloneMethod.SNAPSHOT ? BranchMode.FAST : BranchMode.CONSISTENT;
  }

  private static BranchRecord ensure(Engine engine, BranchName name, BranchName parent) {
    return find(engine, name)
        .orElseGet(() -> engine.createBranch(request(parent, name, BranchMode.FAST, false)));
  }

  private static Optional<BranchRecord> find(Engine engine, BranchName name) {
    try {
      return Optional.of(engine.branches().get(name));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static BranchRecord create(Engine engine, BranchName name) {
    return engine.createDatabase(
        new DatabaseRequest(
            name,
            OptionalInt.empty(),
            Optional.empty(),
            ServerSettings.none(),
            VolumeProperties.none(),
            SpaceLimits.none(),
            List.of(),
            List.of()));
  }

  private static BranchRequest request(
      BranchName parent, BranchName name, BranchMode mode, boolean temporary) {
    return new BranchRequest(
        parent,
        Optional.empty(),
        Optional.empty(),
        Optional.of(name.branch()),
        mode,
        Optional.empty(),
        ServerSettings.none(),
        SpaceLimits.none(),
        temporary);
  }
}
