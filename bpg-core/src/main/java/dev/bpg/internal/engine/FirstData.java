package dev.bpg.internal.engine;

import dev.bpg.internal.postgres.ForeignFolder;
import java.io.IOException;
import java.nio.file.Path;

/** A whole cluster from elsewhere that a new database begins with, in place of initdb's. */
public interface FirstData {

  /**
   * Looks at it before anything is made.
   *
   * @throws dev.bpg.error.BpgException if it cannot be taken
   */
  Examined examine() throws IOException, InterruptedException;

  /** What can be taken. */
  interface Examined {

    /** What errors and the log call it. */
    String subject();

    /** The major version that it belongs to. */
    int major();

    /** Whether its configuration comes with it. */
    boolean keepsConfiguration();

    /**
     * Fills an empty data folder with it; what is half done when this throws is removed by the
     * caller.
     */
    void fill(Path data, Storages storages, ProgressMeter.Listener progress)
        throws IOException, InterruptedException;
  }

  /** What errors say is done. */
  String OPERATION = ForeignFolder.OPERATION;
}
