package dev.bpg.internal.engine;

import dev.bpg.storage.Storage;

/** The storages that there are. */
public interface Storages {

  /** The one for new databases. */
  Storage preferred();

  /**
   * The one of a name, for branches that lie on it.
   *
   * @throws dev.bpg.error.UnavailableException if there is none of that name
   */
  Storage named(String name);
}
