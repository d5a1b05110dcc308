package dev.bpg.internal.server.docker;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.SystemUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Who a container's programs run as. For root it is the image's own user {@code postgres}: the data
 * folder is given to it once, and clones keep that. For anybody else it is that user itself, so
 * that cloning and deleting need no rights.
 *
 * @param uid the user's id
 * @param gid the group's id
 * @param namespace the mode of the user namespace, as Docker and Podman call it
 * @param owner whether files have to be given to this user
 */
record ContainerUser(int uid, int gid, String namespace, boolean owner) {

  /**
   * The user for an image's containers.
   *
   * @throws UnavailableException if no user of this daemon can have files that this process reads
   */
  static ContainerUser of(DaemonFacts daemon, ImageFacts image) throws IOException {
    int own = SystemUser.currentUid();
    if (!daemon.rootless()) {
      // With a daemon that remaps users, ids would mean others inside than outside.
      return own == 0
          ? new ContainerUser(image.uid(), image.gid(), "host", true)
          : new ContainerUser(own, ownGroup(), "host", false);
    }
    if (daemon.podman() && own != 0) {
      return new ContainerUser(own, ownGroup(), "keep-id", false);
    }
    throw new UnavailableException(
        "run",
        "Postgres in rootless " + (daemon.podman() ? "Podman as root" : "Docker"),
        daemon.podman()
            ? "its containers cannot have files of root"
            : "it can only give your files to root inside of containers, as whom Postgres refuses"
                + " to run",
        daemon.podman()
            ? "run bpg as the user that Podman runs as"
            : "use Docker with the group docker, Podman's socket, or server.type: process");
  }

  /**
   * The same for the server of a folder that another runtime, or another image, may have made: root
   * runs it as whoever owns the folder, so that a clone need not be given to anybody.
   */
  ContainerUser of(Path dataFolder) throws IOException {
    return owner
        ? new ContainerUser(
            (int) Files.getAttribute(dataFolder, "unix:uid"),
            (int) Files.getAttribute(dataFolder, "unix:gid"),
            namespace,
            true)
        : this;
  }

  private static int ownGroup() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
  }

  /** As Docker writes it. */
  String text() {
    return uid + ":" + gid;
  }

  /** Gives a file or folder to the user, if it is not this process's own. */
  void own(Path path) throws IOException {
    if (owner) {
      Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
