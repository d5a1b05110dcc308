package dev.bpg.internal.engine;

import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

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

  /** One for every place where volumes can be, whatever storage made them. */
  List<Storage> places();

  /**
   * Fills a new volume's empty data folder from a folder outside, which is only read. Contents are
   * shared where both lie on one file system that can do that, and copied where not.
   *
   * @param bytes told the size of each part that is done, by several threads
   * @throws dev.bpg.error.UnavailableException if the system refuses: rights, space
   */
  void fill(Path source, Path data, LongConsumer bytes) throws IOException, InterruptedException;

  /** The homes beside this one whose volumes may be in a place, as far as they are known. */
  List<Path> neighbours(Storage place);
}
