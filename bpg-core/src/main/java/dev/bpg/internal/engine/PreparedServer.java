package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.ContainerSpec;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A branch whose data is made, and whose server somebody else starts in a container. It is under
 * its lock until it is completed or undone, as a branch in the making. For one thread at a time.
 */
public final class PreparedServer {

  private static final Logger LOG = LoggerFactory.getLogger(PreparedServer.class);

  private final Parts parts;
  private final BranchRecord parent;
  private final ContainerBuild build;
  private final NewBranch.Begun begun;
  private final ContainerSpec container;
  private boolean open = true;

  private PreparedServer(
      Parts parts,
      BranchRecord parent,
      ContainerBuild build,
      NewBranch.Begun begun,
      ContainerSpec container) {
    this.parts = parts;
    this.parent = parent;
    this.build = build;
    this.begun = begun;
    this.container = container;
  }

  static PreparedServer of(
      Parts parts, BranchRecord parent, ContainerBuild build, NewBranch.Begun begun)
      throws IOException, InterruptedException {
    try {
      ContainerSpec container = new ServerStart(parts).container(begun.made(), begun.folder());
      return new PreparedServer(parts, parent, build, begun, container);
    } catch (Throwable first) {
      begun.undoAfter(first);
      throw first;
    }
  }

  /** What the container has to be made of. */
  public ContainerSpec container() {
    return container;
  }

  BranchRecord parent() {
    return parent;
  }

  /** Waits for the container's server, and makes the branch one like any other. */
  BranchRecord complete() throws IOException, InterruptedException {
    BranchRecord ready =
        begun.complete(
            new ServerStart(parts)::joining,
            endpoint -> {
              build.check(parent, endpoint);
              AfterClone.run(parent, endpoint);
            });
    open = false;
    return ready;
  }

  /**
   * Takes the data and the container away, unless it is completed; a second call does nothing. What
   * cannot be taken away is by the next process that opens the home.
   */
  public void undo() {
    if (!open) {
      return;
    }
    open = false;
    CancellationException given = new CancellationException("it was not completed");
    begun.undoAfter(given);
    for (Throwable left : given.getSuppressed()) {
      LOG.warn("could not undo {}", begun.made().name(), left);
    }
  }
}
