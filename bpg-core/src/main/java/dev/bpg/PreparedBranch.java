package dev.bpg;

import dev.bpg.internal.engine.PreparedServer;
import dev.bpg.model.ContainerSpec;
import java.util.function.Function;

/**
 * A branch whose data is made, and whose server somebody else starts in a container:
 *
 * <pre>{@code
 * try (PreparedBranch<TemporaryBranch> prepared = bpg.from("api/main").fast().prepareTemporary(image)) {
 *   start(prepared.container());
 *   TemporaryBranch branch = prepared.complete();
 * }
 * }</pre>
 *
 * <p>It does not exist for anybody else before it is completed. If its process is killed before, a
 * temporary one goes with its container within 10 seconds, a permanent one when the home is opened
 * next, or its name is wanted. For one thread at a time.
 *
 * @param <B> what it becomes
 */
public final class PreparedBranch<B extends Branch> implements AutoCloseable {

  private final PreparedServer prepared;
  private final Function<PreparedServer, B> completion;

  PreparedBranch(PreparedServer prepared, Function<PreparedServer, B> completion) {
    this.prepared = prepared;
    this.completion = completion;
  }

  /** What the container has to be made of. */
  public ContainerSpec container() {
    return prepared.container();
  }

  /**
   * Waits until the container's server takes connections, gives it the branch's password, and runs
   * what has to run on each branch of its parent: before this returns, nobody should be let in.
   * What fails leaves all as it is until {@link #close()}.
   *
   * @throws dev.bpg.error.StartFailedException if no container of that name runs, or Postgres
   *     refuses; its last lines are in the message
   * @throws dev.bpg.error.RefusedException if the image sorts text otherwise than the build that
   *     made the data, which would make its indexes wrong
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public B complete() {
    return completion.apply(prepared);
  }

  /** Takes data and container away, unless it is completed. A second call does nothing. */
  @Override
  public void close() {
    prepared.undo();
  }
}
