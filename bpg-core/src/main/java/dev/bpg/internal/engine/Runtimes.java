package dev.bpg.internal.engine;

import dev.bpg.server.ServerRuntime;

/** The server runtimes that there are. */
public interface Runtimes {

  /** The one for new databases. */
  ServerRuntime preferred();

  /**
   * The one of a name, for branches that run in it.
   *
   * @throws dev.bpg.error.UnavailableException if there is none of that name
   */
  ServerRuntime named(String name);
}
