package dev.bpg.internal.postgres;

import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.platform.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A data folder that is not bpg's, looked at and never written to. What it says is true only as
 * long as no server is started on it; {@link #requireUnchanged} tells afterwards whether one was.
 *
 * @param path the folder, absolute and without links
 * @param major the major version that it belongs to
 * @param control its control file as it was at first
 * @param bytes how much its files hold
 */
public record ForeignFolder(Path path, int major, ControlFile control, long bytes) {

  /** What errors say is done to it. */
  public static final String OPERATION = "import";

  private static final String STOP =
      "stop its server with pg_ctl stop -m fast, or take the data from the running server";

  /**
   * Looks at a folder.
   *
   * @throws NotFoundException if there is none
   * @throws RefusedException if it is no data folder, was not shut down, may not be read, or has
   *     links that lead out of it
   * @throws BusyException if its server runs
   */
  public static ForeignFolder of(Path given) throws IOException {
    if (Files.notExists(given)) {
      throw new NotFoundException(
          OPERATION, subject(given), "there is no such folder", "correct the path");
    }
    // One that is neither there nor missing is behind a folder that this user may not enter.
    boolean hidden = !Files.exists(given);
    if (hidden || Files.isDirectory(given) && !Files.isReadable(given)) {
      throw FolderScan.unreadable(given, given);
    }
    Path path = given.toRealPath();
    int major = major(path);
    refuseIfRunning(path);
    ControlFile control = control(path);
    if (!control.wasShutDown()) {
      throw new RefusedException(
          OPERATION,
          subject(path),
          "its last server was not shut down: it crashed, still runs elsewhere, or this is a base"
              + " backup that no server was started on yet",
          "start its server once and stop it with pg_ctl stop -m fast");
    }
    return new ForeignFolder(path, major, control, FolderScan.bytes(path));
  }

  private static int major(Path path) throws IOException {
    try {
      String text = Files.readString(path.resolve("PG_VERSION")).strip();
      if (text.matches("[0-9]{1,4}")) {
        return Integer.parseInt(text);
      }
      throw noDataFolder(path, "its PG_VERSION says " + text, null);
    } catch (java.nio.file.AccessDeniedException e) {
      throw FolderScan.unreadable(path, path.resolve("PG_VERSION"));
    } catch (java.nio.file.FileSystemException e) {
      throw noDataFolder(path, "it has no PG_VERSION", e);
    }
  }

  private static ControlFile control(Path path) throws IOException {
    try {
      return ControlFile.of(path);
    } catch (java.nio.file.AccessDeniedException e) {
      throw FolderScan.unreadable(path, path.resolve("global/pg_control"));
    } catch (NoSuchFileException e) {
      throw noDataFolder(path, "it has no global/pg_control", e);
    } catch (java.io.EOFException e) {
      throw noDataFolder(path, "its global/pg_control is cut short", e);
    }
  }

  private static RefusedException noDataFolder(
      Path path, String why, @org.jspecify.annotations.Nullable Exception cause) {
    String reason = "it is not a data folder of Postgres: " + why;
    String hint = "name the folder that SHOW data_directory tells";
    return cause == null
        ? new RefusedException(OPERATION, subject(path), reason, hint)
        : new RefusedException(OPERATION, subject(path), reason, hint, cause);
  }

  // A number in the file alone proves nothing: it may have gone to another process since. What is
  // seen of another user's process is that it lives, and then the control file decides.
  private static void refuseIfRunning(Path path) throws IOException {
    Optional<Integer> pid = pid(path);
    if (pid.isEmpty()) {
      return;
    }
    Optional<RunningProcess> process = RunningProcess.open(pid.get());
    if (process.isEmpty()) {
      return;
    }
    try (RunningProcess held = process.get()) {
      if (worksIn(held.pid(), path)) {
        throw new BusyException(
            OPERATION, subject(path), "its server runs (pid " + held.pid() + ")", STOP);
      }
    }
  }

  private static boolean worksIn(int pid, Path path) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).equals(path);
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Integer> pid(Path path) throws IOException {
    try {
      String text =
          Files.readString(
              path.resolve("postmaster.pid"), java.nio.charset.StandardCharsets.ISO_8859_1);
      String first = text.lines().findFirst().orElse("").strip();
      return first.matches("-?[0-9]{1,9}")
          ? Optional.of(Math.abs(Integer.parseInt(first)))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Checks, after a copy was made of it, that no server was started on it meanwhile: that is the
   * first thing that a server writes to the control file.
   *
   * @throws BusyException if one was
   */
  public void requireUnchanged() throws IOException {
    if (!ControlFile.of(path).equals(control)) {
      throw new BusyException(
          OPERATION, subject(path), "a server was started on it while it was copied", STOP);
    }
  }

  /** What errors call it. */
  public String subject() {
    return subject(path);
  }

  static String subject(Path path) {
    return "the data folder " + path;
  }
}
