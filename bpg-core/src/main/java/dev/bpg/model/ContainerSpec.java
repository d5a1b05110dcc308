package dev.bpg.model;

import java.util.List;
import java.util.Map;

/**
 * What the container of a branch's server has to be made of, for a program that makes it itself:
 * see {@link dev.bpg.BranchBuilder#prepareTemporary}. Everything in it has to be kept, for bpg
 * finds, reaches and removes the container by it; what it does not mention is free: networks,
 * further labels, files, limits.
 *
 * @param name the container's name, which keeps two servers from running on the same data
 * @param image the image's id
 * @param user who runs the server, as {@code uid:gid}
 * @param userNamespace the mode of the user namespace; empty for the daemon's
 * @param command the program and its arguments, to be run instead of the image's entrypoint
 * @param environment its variables
 * @param port the TCP port that the server listens on in the container; it has to be published
 * @param mounts what it sees of the machine, as mounts and not as binds: for a bind whose source is
 *     missing, Docker would make a folder
 * @param emptyFolders folders that are in memory, where Docker would make volumes that nobody uses
 * @param labels its labels
 * @param stopSignal the signal that ends the server in good order
 * @param stopSeconds how long that may take, in seconds
 * @param shmSize the size of {@code /dev/shm} in bytes, which parallel queries need
 * @param daemon the id of the daemon that bpg talks to, which has to make the container; empty if
 *     it has none
 */
public record ContainerSpec(
    String name,
    String image,
    String user,
    String userNamespace,
    List<String> command,
    Map<String, String> environment,
    int port,
    List<Mount> mounts,
    List<String> emptyFolders,
    Map<String, String> labels,
    String stopSignal,
    int stopSeconds,
    long shmSize,
    String daemon) {

  /** Copies the collections. */
  public ContainerSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    mounts = List.copyOf(mounts);
    emptyFolders = List.copyOf(emptyFolders);
    labels = Map.copyOf(labels);
  }

  /**
   * A file or folder of the machine that the container sees.
   *
   * @param source its path on the machine
   * @param target its path in the container
   * @param readOnly whether the container may only read it
   */
  public record Mount(String source, String target, boolean readOnly) {}
}
