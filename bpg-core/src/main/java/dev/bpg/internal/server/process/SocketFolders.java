package dev.bpg.internal.server.process;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.RunningProcess;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folders of servers' Unix sockets. A socket's path is limited to 107 bytes, so they are not
 * below the home folder but in a short place of the user's own: {@code $XDG_RUNTIME_DIR/bpg}, else
 * {@code /run/bpg} for root, else {@code /tmp/bpg-<uid>}.
 */
final class SocketFolders {

  private static final String PREFIX = ".s.PGSQL.";
  private static final int PATH_LIMIT = 107;

  private final ServerAccount account;
  private final List<Path> bases;

  SocketFolders(ServerAccount account) {
    this.account = account;
    this.bases = bases(account.caller().uid());
  }

  private static List<Path> bases(int uid) {
    List<Path> bases = new ArrayList<>();
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null && runtime.startsWith("/") && isOwnedBy(Path.of(runtime), uid)) {
      Path base = Path.of(runtime, "bpg");
      if (base.toString().length() + BranchId.LENGTH + PREFIX.length() + 7 <= PATH_LIMIT) {
        bases.add(base);
      }
    }
    bases.add(uid == 0 ? Path.of("/run/bpg") : Path.of("/tmp/bpg-" + Integer.toUnsignedLong(uid)));
    return bases;
  }

  private static boolean isOwnedBy(Path folder, int uid) {
    try {
      return (int) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS) == uid;
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes the folder of a server, which the server's user alone may enter. */
  Path make(BranchId id) throws IOException {
    Path base = bases.get(0);
    boolean drops = account.toDrop().isPresent();
    if (!Files.isDirectory(base.getParent())) {
      throw new UnavailableException(
          "make",
          "the folder " + base + " for sockets",
          "there is no folder " + base.getParent(),
          "set XDG_RUNTIME_DIR to a folder of your own");
    }
    SafeFolders.makePrivate(base, drops ? "rwx--x--x" : "rwx------", account.caller().uid());
    Path folder = base.resolve(id.value());
    // Only we may write to the base, so what is in it is ours.
    SafeFolders.make(folder, "rwx------");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    account.own(folder);
    return folder;
  }

  /** The socket of a port in a folder. */
  static Path socket(Path folder, int port) {
    return folder.resolve(PREFIX + port);
  }

  /** A running server that has a socket in the folder of an id. */
  Optional<Integer> user(BranchId id) throws IOException {
    for (Path base : bases) {
      try (DirectoryStream<Path> locks =
          Files.newDirectoryStream(base.resolve(id.value()), PREFIX + "*.lock")) {
        for (Path lock : locks) {
          Optional<Integer> pid = liveOwner(lock);
          if (pid.isPresent()) {
            return pid;
          }
        }
      } catch (NoSuchFileException e) {
        continue;
      }
    }
    return Optional.empty();
  }

  // The lock file beside a socket has the lines of postmaster.pid: the number, the data folder.
  private static Optional<Integer> liveOwner(Path lock) throws IOException {
    List<String> lines = Files.readAllLines(lock);
    if (lines.size() < 2 || !lines.get(0).strip().matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    int pid = Integer.parseInt(lines.get(0).strip());
    Optional<RunningProcess> process = ServerProcesses.open(pid, Path.of(lines.get(1)));
    process.ifPresent(RunningProcess::close);
    return process.map(RunningProcess::pid);
  }

  /** Removes the folder of a server with what a killed one left in it. */
  void remove(BranchId id) throws IOException {
    for (Path base : bases) {
      FolderTree.delete(base.resolve(id.value()));
    }
  }
}
