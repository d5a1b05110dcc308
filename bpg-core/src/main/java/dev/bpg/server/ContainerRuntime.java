package dev.bpg.server;

import dev.bpg.error.UnavailableException;
import dev.bpg.model.ContainerSpec;

/**
 * A runtime whose servers are containers, which somebody else may make: once a container of a
 * branch's specification runs, it is the branch's server like any other, and {@link #start} finds
 * it running.
 */
public interface ContainerRuntime extends ServerRuntime {

  /**
   * Asks what makes the containers whether it is there.
   *
   * @throws UnavailableException if it is not; the reason says what is missing
   */
  void requireDaemon();

  /**
   * What the container of a server is to be made of. Makes what it is to see of the machine, and
   * starts nothing; {@link #remove} takes all of it away. The port that is asked for is not in it.
   *
   * @throws UnavailableException if the folder's build is not available here
   */
  ContainerSpec container(StartRequest request) throws InterruptedException;
}
