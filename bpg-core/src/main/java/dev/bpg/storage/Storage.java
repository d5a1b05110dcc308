package dev.bpg.storage;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchId;
import dev.bpg.model.SpaceUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps volumes. Implementations are safe for use by several threads and several processes at once;
 * for one id, callers hold the branch's lock.
 *
 * <p>Every volume carries a marker with its id from before it has content until after it has none.
 * What carries no marker is never changed or deleted, whatever its name.
 *
 * <p>A creation or clone that fails leaves nothing; what could not be removed is told by suppressed
 * exceptions, and {@link #deleteVolume} removes it. Nothing is made durable: who needs that syncs
 * the file system afterwards.
 *
 * <p>Methods react to interruption between files by throwing {@link
 * dev.bpg.error.CancelledException} with the thread's status set, or by completing; {@link
 * #deleteVolume} always completes.
 *
 * @see AtomicStorage
 * @see OnlineCopyStorage
 * @see TunableStorage
 * @see LimitingStorage
 */
public interface Storage {

  /**
   * The name of a folder that may be made beside a volume's data folder for a while, for files that
   * a server's user must not change. No clone has it; {@link #deleteVolume} deletes it too.
   */
  String WORK_FOLDER = "bpg-import";

  /** The name used in configuration and in records, such as {@code btrfs}. */
  String name();

  /**
   * Makes a volume with an empty data folder of mode 0700.
   *
   * @return the data folder
   * @throws AlreadyExistsException if something is already in its place
   * @throws UnavailableException if the storage cannot: rights, space, a read-only file system
   */
  Path createVolume(BranchId id);

  /**
   * Makes a volume with the data of another one that nothing writes to meanwhile. Modes are kept,
   * owners too if this process is root; times need not be: Postgres reads none. Symbolic links are
   * cloned as links and never followed.
   *
   * @return the new volume's data folder
   * @throws NotFoundException if there is no source
   * @throws AlreadyExistsException if something is already in the target's place
   * @throws UnavailableException if the storage cannot: rights, space, a read-only file system
   */
  Path cloneVolume(BranchId source, BranchId target);

  /**
   * Deletes a volume, complete or half made. No error if it does not exist.
   *
   * @throws dev.bpg.error.RefusedException if what is in its place does not carry this id, or
   *     contains more than a volume does
   * @throws UnavailableException if the system refuses; what is left keeps its marker
   */
  void deleteVolume(BranchId id);

  /** The data folder of a volume that exists, maybe half made, or nothing. */
  Optional<Path> dataFolder(BranchId id);

  /** The ids of all volumes that carry a marker of ours, half made ones included. */
  List<BranchId> volumes();

  /**
   * The space a volume takes. It may be in use; a file that vanishes meanwhile counts as 0.
   *
   * @throws NotFoundException if it does not exist
   */
  SpaceUsage space(BranchId id);
}
