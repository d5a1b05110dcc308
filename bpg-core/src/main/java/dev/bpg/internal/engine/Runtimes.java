package dev.bpg.internal.engine;

import dev.bpg.server.ServerRuntime;
import java.util.List;

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

  /**
   * Those that may have servers of this home.
   *
   * @throws dev.bpg.error.UnavailableException if one that has had some cannot be asked
   */
  List<ServerRuntime> usable();
}
