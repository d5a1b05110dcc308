package dev.bpg.internal.server.process;

import dev.bpg.error.NativeException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.SystemUser;
import dev.bpg.internal.platform.UserAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who servers run as.
 *
 * @param caller the user that this process runs as
 * @param server the user that servers run as: the same, unless the caller is root
 */
record ServerAccount(SystemUser caller, SystemUser server) {

  private static final List<String> DEFAULTS = List.of("postgres", "nobody");

  /**
   * Finds the users.
   *
   * @throws UnavailableException if one has no entry in the machine's user database; Postgres needs
   *     a name for whoever runs it and whoever connects as a peer
   */
  static ServerAccount find(Optional<String> wanted) {
    try {
      SystemUser caller =
          SystemUser.current()
              .orElseThrow(
                  () ->
                      new UnavailableException(
                          "run",
                          "Postgres as user id " + SystemUser.currentUid(),
                          "this id has no name on this machine, and Postgres needs one",
                          "add a line for it to /etc/passwd"));
      return new ServerAccount(caller, SystemUser.isRoot() ? unprivileged(wanted) : caller);
    } catch (NativeException e) {
      throw new UnavailableException(
          "look up", "the user that servers run as", e.getMessage(), "repair /etc/passwd", e);
    }
  }

  private static SystemUser unprivileged(Optional<String> wanted) throws NativeException {
    for (String name : wanted.map(List::of).orElse(DEFAULTS)) {
      Optional<SystemUser> user = SystemUser.named(name);
      if (user.isPresent() && user.get().uid() != 0) {
        return user.get();
      }
    }
    String names = wanted.orElse(String.join(" or ", DEFAULTS));
    throw new UnavailableException(
        "run",
        "Postgres as " + names,
        "there is no such user other than root, and Postgres refuses to run as root",
        "add the user with useradd --system " + wanted.orElse(DEFAULTS.get(0)));
  }

  /** The user to change to before a server is started; empty when there is nothing to change. */
  Optional<SystemUser> toDrop() {
    return caller.uid() == server.uid() ? Optional.empty() : Optional.of(server);
  }

  /** Makes the server's user the owner of a file or folder, if it is another one. */
  void own(Path path) throws IOException {
    if (toDrop().isPresent()) {
      Files.setAttribute(path, "unix:gid", server.gid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:uid", server.uid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * Checks that the server's user gets to some folders.
   *
   * @throws UnavailableException if it does not; names the folder that is in the way
   */
  void requireAccess(List<Path> folders) throws IOException {
    if (toDrop().isEmpty()) {
      return;
    }
    Optional<Path> blocking = UserAccess.firstUnreachable(toDrop(), folders);
    if (blocking.isPresent()) {
      throw new UnavailableException(
          "run",
          "Postgres as user " + server.name(),
          "this user may not pass through " + blocking.get(),
          "set BPG_HOME to a folder that every user can reach, such as /var/lib/bpg, or run chmod"
              + " o+x "
              + blocking.get());
    }
  }
}
