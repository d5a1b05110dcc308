package dev.bpg.internal.server.process;

import dev.bpg.internal.platform.RunningProcess;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.server.SafeFolders;
import dev.bpg.internal.server.ShortFolders;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The folders of servers' Unix sockets. They are in {@link ShortFolders}, for a socket's path is
 * limited to 107 bytes.
 */
final class SocketFolders {

  private final ServerAccount account;
  private final List<Path> bases;

  SocketFolders(ServerAccount account) {
    this.account = account;
    this.bases = ShortFolders.all(account.caller().uid());
  }

  /** Makes the folder of a server, which the server's user alone may enter. */
  Path make(BranchId id) throws IOException {
    boolean drops = account.toDrop().isPresent();
    Path base = ShortFolders.make(account.caller().uid(), drops ? "rwx--x--x" : "rwx------");
    Path folder = base.resolve(id.value());
    // Only we may write to the base, so what is in it is ours.
    SafeFolders.make(folder, "rwx------");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    account.own(folder);
    return folder;
  }

  /** The socket of a port in a folder. */
  static Path socket(Path folder, int port) {
    return folder.resolve(ShortFolders.SOCKET_PREFIX + port);
  }

  /** A running server that has a socket in the folder of an id. */
  Optional<Integer> user(BranchId id) throws IOException {
    for (Path base : bases) {
      try (DirectoryStream<Path> locks =
          Files.newDirectoryStream(
              base.resolve(id.value()), ShortFolders.SOCKET_PREFIX + "*.lock")) {
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
