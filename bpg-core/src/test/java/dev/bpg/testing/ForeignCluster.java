package dev.bpg.testing;

import dev.bpg.Branch;
import dev.bpg.internal.storage.FolderImport;
import dev.bpg.internal.storage.FolderRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The data folder of a cluster that bpg knows nothing of: the copy of a stopped branch's. */
public final class ForeignCluster implements AutoCloseable {

  private final Path folder;

  private ForeignCluster(Path folder) {
    this.folder = folder;
  }

  /** Copies a branch's folder, which stops the branch; what was shut down is in it. */
  public static ForeignCluster of(Library library, Branch branch)
      throws IOException, InterruptedException {
    branch.stop();
    Path source = library.data(branch);
    Path above = Files.createDirectories(library.home().resolveSibling("foreign clusters"));
    Library.reachable(above);
    Path folder = Files.createTempDirectory(above, "main ");
    FolderImport.run(source, folder, bytes -> {});
    return new ForeignCluster(folder);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Replaces a file of it. */
  public void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** Adds to a file of it. */
  public void append(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, java.nio.file.StandardOpenOption.APPEND);
  }

  /** Everything that a change of it would change: names, sizes, times, owners. */
  public Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        state.put(
            file.toString(),
            Files.readAttributes(
                    file, "unix:size,lastModifiedTime,mode,uid,gid", LinkOption.NOFOLLOW_LINKS)
                .toString());
      }
    }
    return state;
  }

  @Override
  public void close() throws IOException {
    FolderRemoval.remove(folder);
  }
}
