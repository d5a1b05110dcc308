package dev.bpg.internal.server.docker;

import dev.bpg.internal.platform.SystemUser;
import dev.bpg.internal.server.AtomicFile;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.server.SafeFolders;
import dev.bpg.internal.server.ServerFolders;
import dev.bpg.internal.server.ShortFolders;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the machine has of containers, below {@code servers} in the home folder: for each server a
 * folder with its Unix socket in it, and access rules, which are the same for all.
 *
 * <p>The socket's folder is kept over a restart of the machine, so that Docker can start a
 * permanent branch by itself.
 */
final class ContainerFolders {

  // A server's folder lets only bpg's user through on this machine, so whoever comes over the
  // socket is bpg, or a program in the container, whose user owns the data. A published port is
  // reached from addresses of Docker's networks.
  private static final String RULES =
      """
      # Written by bpg, for all servers in containers.
      local   all          all                     trust
      local   replication  all                     trust
      host    all          all   0.0.0.0/0         scram-sha-256
      host    all          all   ::/0              scram-sha-256
      """;

  private final Path folder;

  ContainerFolders(Path home) {
    this.folder = home.resolve("servers");
  }

  /** The access rules. */
  Path rules() {
    return folder.resolve("docker_hba.conf");
  }

  /** A user database for images that do not know the user that runs them. */
  Path users(ContainerUser user) {
    return folder.resolve("docker_passwd_" + user.uid());
  }

  /** The folder of one server; it need not exist. */
  Path of(BranchId id) {
    return folder.resolve(id.value());
  }

  /** The folder that a server makes its socket in. */
  Path sockets(BranchId id) {
    return of(id).resolve("run");
  }

  /** Makes what one server needs; what is there is kept. */
  void make(BranchId id, ContainerUser user) throws IOException {
    SafeFolders.make(folder, SystemUser.isRoot() ? "rwx--x--x" : "rwx------");
    SafeFolders.make(of(id), "rwx------");
    SafeFolders.make(sockets(id), "rwx------");
    user.own(sockets(id));
    keep(rules(), RULES);
    keep(
        users(user),
        "root:x:0:0:root:/root:/bin/sh\npostgres:x:%d:%d::/tmp:/bin/sh\n"
            .formatted(user.uid(), user.gid()));
  }

  private static void keep(Path file, String text) throws IOException {
    if (!AtomicFile.read(file).equals(Optional.of(text))) {
      int gid = (int) Files.getAttribute(file.getParent(), "unix:gid");
      AtomicFile.write(file, text, "rw-r--r--", gid);
    }
  }

  /**
   * The socket of a server. Its path has a limit of 107 bytes, so where the home's path is long it
   * goes by a link in a short place.
   */
  Path socket(BranchId id, int port) throws IOException {
    Path direct = sockets(id).resolve(ShortFolders.SOCKET_PREFIX + port);
    if (direct.toString().getBytes(StandardCharsets.UTF_8).length <= ShortFolders.PATH_LIMIT) {
      return direct;
    }
    Path link =
        ShortFolders.make(SystemUser.currentUid(), SystemUser.isRoot() ? "rwx--x--x" : "rwx------")
            .resolve(id.value());
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createSymbolicLink(link, sockets(id));
      } catch (FileAlreadyExistsException e) {
        // Another process looked at the same moment.
        return link.resolve(ShortFolders.SOCKET_PREFIX + port);
      }
    }
    return link.resolve(ShortFolders.SOCKET_PREFIX + port);
  }

  /** The ids of the servers that have a folder. */
  List<BranchId> all() throws IOException {
    return ServerFolders.list(folder);
  }

  /** Removes what there is of one server. */
  void remove(BranchId id) throws IOException {
    for (Path base : ShortFolders.all(SystemUser.currentUid())) {
      Path link = base.resolve(id.value());
      if (Files.isSymbolicLink(link)) {
        Files.deleteIfExists(link);
      }
    }
    FolderTree.delete(of(id));
  }
}
