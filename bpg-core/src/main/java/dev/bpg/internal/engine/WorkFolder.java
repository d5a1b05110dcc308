package dev.bpg.internal.engine;

import dev.bpg.internal.postgres.DataFolder;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder for what lies about while a database is filled. */
record WorkFolder(Path path) implements AutoCloseable {

  /**
   * Makes one beside a data folder: it takes space where the database will, and goes with the
   * volume if this process is killed. In the data folder a server's user could put links in the
   * place of what this process writes.
   */
  static WorkFolder beside(Path data) throws IOException {
    return new WorkFolder(
        Files.createDirectory(
            data.resolveSibling(Storage.WORK_FOLDER),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
  }

  @Override
  public void close() throws IOException {
    DataFolder.deleteTree(path);
  }
}
