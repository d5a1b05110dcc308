package dev.bpg.testing;

import dev.bpg.error.NotFoundException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.DatabaseRequest;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.ServerSettings;
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
  KEEP;

  /** The parent of all branches. */
  public static final BranchName MAIN = BranchName.main("api");

  private static final BranchName DEV = MAIN.sibling("dev");
  private static final BranchName TREE = MAIN.sibling("tree");
  private static final BranchName NEW = MAIN.sibling("new");

  /** Whether it makes something that is not there before. */
  public boolean creates() {
    return this == CREATE_DATABASE || this == BRANCH || this == BRANCH_TEMPORARILY;
  }

  /** Makes what the operation needs, and takes away what it would make. */
  public void prepare(Engine engine, CloneMethod method) {
    find(engine, BranchName.main("new")).ifPresent(found -> engine.deleteDatabase("new"));
    BranchRecord main = find(engine, MAIN).orElseGet(() -> create(engine, MAIN));
    engine.start(main);
    if (this == CREATE_DATABASE) {
      return;
    }
    if (method == CloneMethod.STOPPED) {
      engine.stop(main);
    }
    find(engine, NEW).ifPresent(found -> engine.delete(found, true));
    switch (this) {
      case DELETE, STOP, RESTART -> engine.start(ensure(engine, DEV, MAIN));
      case START -> engine.stop(ensure(engine, DEV, MAIN));
      case FORCE_DELETE -> {
        ensure(engine, TREE, MAIN);
        ensure(engine, MAIN.sibling("twig"), TREE);
      }
      case CLOSE, KEEP -> engine.createBranch(request(MAIN, NEW, mode(method), true));
      default -> {}
    }
  }

  /** Does it. */
  public void run(Engine engine, CloneMethod method) {
    switch (this) {
      case CREATE_DATABASE -> create(engine, BranchName.main("new"));
      case BRANCH -> engine.createBranch(request(MAIN, NEW, mode(method), false));
      case BRANCH_TEMPORARILY -> engine.createBranch(request(MAIN, NEW, mode(method), true));
      case DELETE -> engine.delete(engine.get(DEV), false);
      case FORCE_DELETE -> engine.delete(engine.get(TREE), true);
      case START -> engine.start(engine.get(DEV));
      case STOP -> engine.stop(engine.get(DEV));
      case RESTART -> engine.restart(engine.get(DEV));
      case CLOSE -> {
        engine.deleteSoon(engine.get(NEW));
        engine.close();
      }
      case KEEP -> engine.keep(engine.get(NEW));
    }
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
      return Optional.of(engine.get(name));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static BranchRecord create(Engine engine, BranchName name) {
    return engine.createDatabase(
        new DatabaseRequest(name, OptionalInt.empty(), ServerSettings.none(), List.of()));
  }

  private static BranchRequest request(
      BranchName parent, BranchName name, BranchMode mode, boolean temporary) {
    return new BranchRequest(
        parent,
        Optional.of(name.branch()),
        mode,
        Optional.empty(),
        ServerSettings.none(),
        temporary);
  }
}
