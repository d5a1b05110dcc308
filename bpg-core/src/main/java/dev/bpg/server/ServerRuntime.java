package dev.bpg.server;

import dev.bpg.error.BusyException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs Postgres servers, one per branch id. Implementations are safe for use by several threads and
 * processes at once; for one id, callers hold the branch's lock. Blocking methods throw {@link
 * InterruptedException} soon after an interrupt.
 *
 * <p>What a runtime says of a server is read from the system at the moment of the call, so that any
 * process can find and stop a server that another one started.
 */
public interface ServerRuntime {

  /** The name used in configuration and in records, such as {@code process}. */
  String name();

  /**
   * The build to use for a new database.
   *
   * @param major the major version wanted; empty for the newest of the preferred origin
   * @param image the image wanted; empty for the configured one, or where there are no images
   * @throws UnavailableException if there is none; the reason says where it was looked for
   * @throws RefusedException if an image is wanted and this runtime has none
   * @throws CancelledException if the thread is interrupted while it waits for binaries to be
   *     unpacked
   */
  PostgresBuild choose(OptionalInt major, Optional<String> image);

  /**
   * Fills an empty data folder by {@code initdb}: superuser {@code postgres}, UTF-8, page
   * checksums, scram-sha-256 for every connection over TCP.
   *
   * @throws StartFailedException if {@code initdb} fails; the reason carries what it printed
   */
  void initialise(BranchId id, Path dataFolder, PostgresBuild build) throws InterruptedException;

  /**
   * Takes over a data folder that was filled with a cluster from elsewhere: gives all of it to the
   * user that its server will run as and makes it durable, as {@link #initialise} leaves its own.
   *
   * @throws UnavailableException if the system refuses
   */
  void adopt(BranchId id, Path dataFolder, PostgresBuild build) throws InterruptedException;

  /**
   * Starts a server and returns when it takes connections that may write: a server that recovers is
   * waited for. One that runs already is left as it is, whatever settings are asked for. When this
   * throws, {@link InterruptedException} included, nothing keeps running.
   *
   * @throws StartFailedException if Postgres refuses or ends first; the reason carries the last
   *     lines of its log. Nothing keeps running then
   * @throws UnavailableException if the folder's build is not available here
   */
  Endpoint start(StartRequest request) throws InterruptedException;

  /**
   * Ends a server and returns when all of it is gone. No error if none runs.
   *
   * @throws BusyException if it is still there after the time
   */
  void stop(BranchId id, Path dataFolder, Shutdown how, Duration timeout)
      throws InterruptedException;

  /** The state of a branch's server now. */
  ServerState state(BranchId id, Path dataFolder);

  /** The last lines of a server's log, the oldest first; empty when there is no log. */
  List<String> lastLogLines(BranchId id, int count);

  /**
   * The ids of all servers of this home that the runtime keeps anything of outside their data
   * folders, running or not: what {@link #remove} would remove.
   *
   * @throws UnavailableException if it cannot be asked
   */
  List<BranchId> servers();

  /**
   * Removes what the runtime keeps of a server outside its data folder: log, sockets, container. No
   * error if there is nothing.
   *
   * @throws BusyException if the server runs
   */
  void remove(BranchId id);

  /** How a server is told to end. */
  enum Shutdown {
    /** Sessions are ended, a checkpoint is written: the next start needs no recovery. */
    FAST,
    /** At once: the next start recovers. For data that is about to be deleted. */
    IMMEDIATE
  }
}
