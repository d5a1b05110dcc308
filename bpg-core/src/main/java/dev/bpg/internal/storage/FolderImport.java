package dev.bpg.internal.storage;

import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Fills a new volume from a folder outside of every storage, which is only read. */
public final class FolderImport {

  private FolderImport() {}

  /**
   * Copies all files, folders and links of a folder that nothing writes to, with their modes, and
   * their owners if this process is root. Contents are shared where the file system can do that.
   *
   * @param source the folder
   * @param data an empty data folder
   * @param bytes told the size of each part that is done, by several threads
   * @throws UnavailableException if the system refuses: rights, space
   * @throws InterruptedException if this thread is interrupted; nothing works on the target then
   */
  public static void run(Path source, Path data, LongConsumer bytes)
      throws IOException, InterruptedException {
    try {
      new FolderClone(source, data, new OutsideContent(bytes), null).run();
    } catch (IOException e) {
      throw StorageErrors.unavailable("copy folder", source, e);
    }
  }
}
