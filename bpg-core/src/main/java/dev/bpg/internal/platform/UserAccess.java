package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** What another user may reach in the file system, as the kernel sees it, ACLs included. */
public final class UserAccess {

  private UserAccess() {}

  /**
   * The first folder that keeps a user from one of the paths: the folder itself, or one above it.
   * Safe for use by several threads.
   *
   * @param user the user; empty for the one that this process runs as
   * @param folders existing folders
   */
  public static Optional<Path> firstUnreachable(Optional<SystemUser> user, Collection<Path> folders)
      throws IOException {
    return UserThread.call(
        user, () -> folders.stream().flatMap(f -> blocking(f).stream()).findFirst());
  }

  // Files.isExecutable asks access(2), which judges by the thread's own credentials.
  private static Optional<Path> blocking(Path folder) {
    Path absolute = folder.toAbsolutePath();
    for (int names = 1; names <= absolute.getNameCount(); names++) {
      Path above = absolute.getRoot().resolve(absolute.subpath(0, names));
      if (!Files.isExecutable(above)) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }
}
