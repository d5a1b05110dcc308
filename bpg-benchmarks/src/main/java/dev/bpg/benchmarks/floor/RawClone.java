package dev.bpg.benchmarks.floor;

import java.io.IOException;
import java.nio.file.Path;

/** Clones a data folder in the plainest way that its file system has. */
public interface RawClone {

  /** Makes the target, which does not exist yet, with all the data of the source. */
  void make(Path source, Path target) throws IOException, InterruptedException;

  /** Deletes a target. */
  void delete(Path target) throws IOException;
}
