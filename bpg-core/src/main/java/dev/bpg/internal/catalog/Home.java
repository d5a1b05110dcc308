package dev.bpg.internal.catalog;

import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The home folder and what is where in it. Everything is of mode 0700, except that root's home lets
 * others through: root's servers run as another user, who has to reach their own files.
 *
 * @param folder the home folder
 */
public record Home(Path folder) {

  /** The catalog's folder. */
  public Path catalog() {
    return folder.resolve("catalog");
  }

  /** The folder of the snapshots' records. */
  public Path snapshots() {
    return folder.resolve("snapshots");
  }

  /** The folder of the schedules' records. */
  public Path schedules() {
    return folder.resolve("schedules");
  }

  /** The folder that says when templates were last used. */
  public Path templates() {
    return folder.resolve("templates");
  }

  /** The folder of the WAL archives, one for each incarnation of a branch. */
  public Path archives() {
    return folder.resolve("archive");
  }

  /** The folder of the servers' certificates, one for each incarnation of a branch. */
  public Path certificates() {
    return folder.resolve("tls");
  }

  /** The passwords' folder. */
  public Path secrets() {
    return folder.resolve("secrets");
  }

  /** The locks' folder. */
  public Path locks() {
    return folder.resolve("locks");
  }

  /** The leases' folder. */
  public Path leases() {
    return folder.resolve("leases");
  }

  /** The folder of the ids that temporary branches are going to have. */
  public Path reservations() {
    return folder.resolve("reservations");
  }

  /** The folder of what is started ahead, a folder for each source. */
  public Path pools() {
    return folder.resolve("pools");
  }

  /** The folder of the slots, one for each server of a pool. */
  public Path slots() {
    return folder.resolve("slots");
  }

  /** The log of the processes that clean up after killed ones. */
  public Path watchdogLog() {
    return folder.resolve("watchdog.log");
  }

  /**
   * Makes the folders that are missing.
   *
   * @throws UnavailableException if that is not possible
   */
  public void prepare(boolean root) {
    try {
      make(folder, root ? "rwx--x--x" : "rwx------");
      make(archives(), root ? "rwx--x--x" : "rwx------");
      make(certificates(), root ? "rwx--x--x" : "rwx------");
      for (Path inside :
          new Path[] {
            catalog(),
            snapshots(),
            schedules(),
            templates(),
            secrets(),
            locks(),
            leases(),
            reservations(),
            pools(),
            slots()
          }) {
        make(inside, "rwx------");
      }
    } catch (IOException e) {
      throw new UnavailableException(
          "use the home folder",
          folder.toString(),
          "it cannot be made or written to: " + e,
          "make it writable, or name another one with BPG_HOME",
          e);
    }
  }

  private static void make(Path path, String mode) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
    } else if (!Files.isWritable(path)) {
      throw new java.nio.file.AccessDeniedException(path.toString(), null, "it is read-only");
    }
  }
}
