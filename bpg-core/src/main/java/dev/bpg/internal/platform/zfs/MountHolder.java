package dev.bpg.internal.platform.zfs;

import java.nio.file.Path;

/**
 * A process that keeps a file system in use.
 *
 * @param pid its number, as this process sees it
 * @param command what it is called
 * @param use how it uses it
 * @param path which file or folder, or where it is mounted, as that process sees it
 */
public record MountHolder(long pid, String command, Use use, Path path) {

  /** How a process keeps a file system in use. */
  public enum Use {
    /** It is mounted in a mount namespace of that process, such as a container's. */
    MOUNTED("has it mounted at"),
    /** A folder is its current one. */
    WORKING_FOLDER("works in"),
    /** A folder is its root. */
    ROOT("has its root at"),
    /** It has a file or folder open. */
    OPEN("has open");

    private final String text;

    Use(String text) {
      this.text = text;
    }
  }

  /** Such as {@code process 4711 (postgres) has open /mnt/a/PG_VERSION}. */
  @Override
  public String toString() {
    return "process " + pid + " (" + command + ") " + use.text + " " + path;
  }
}
