package dev.bpg.benchmarks.floor;

import java.io.IOException;
import java.nio.file.Path;

/** A way to snapshot a dataset, clone the snapshot and mount the clone. */
public interface ZfsClone {

  /**
   * Makes a clone.
   *
   * @param source the dataset
   * @param snapshot the snapshot's name, without the dataset's
   * @param target the clone's name
   * @param folder an empty folder to mount it at
   */
  void make(String source, String snapshot, String target, Path folder)
      throws IOException, InterruptedException;
}
