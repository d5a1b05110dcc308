package dev.bpg.internal.storage.zfs;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.BpgException;
import dev.bpg.error.BusyException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.ZfsException;
import dev.bpg.internal.platform.zfs.ZfsUnavailableException;

/** Says what a failure of ZFS means for whoever asked for a volume, and what helps. */
final class ZfsErrors {

  private static final String RIGHTS =
      "atime,canmount,clone,compression,create,destroy,mount,mountpoint,promote,quota,recordsize,"
          + "reservation,snapshot,userprop";

  private ZfsErrors() {}

  /**
   * The error for a call that failed.
   *
   * @param operation what was wanted, such as {@code clone volume}
   * @param dataset of which volume, or the one that holds all volumes
   */
  static BpgException of(String operation, DatasetName dataset, ZfsException e) {
    String subject = dataset.value();
    String reason = e.reason();
    return switch (e.kind()) {
      case EXISTS -> new AlreadyExistsException(operation, subject, reason, "use another id", e);
      case BUSY ->
          new BusyException(operation, subject, reason, "end what uses it and try again", e);
      case HAS_CHILDREN ->
          new BusyException(
              operation, subject, reason, "destroy them if nobody needs them: zfs destroy", e);
      case HAS_SNAPSHOTS, HAS_CLONES ->
          new BusyException(
              operation,
              subject,
              reason,
              "take them away if nobody needs them: zfs list -t all -r " + subject,
              e);
      case HELD ->
          new BusyException(
              operation, subject, reason, "release the holds that zfs holds names", e);
      case BAD_PROPERTY, UNSUPPORTED ->
          new RefusedException(
              operation,
              subject,
              reason,
              "set zfs.recordsize and zfs.compression to what the pool's version knows",
              e);
      default -> unavailable(operation, subject, dataset, e);
    };
  }

  /** The error for limits that cannot be set. */
  static BpgException ofLimits(String operation, DatasetName dataset, ZfsException e) {
    if (e.kind() == ZfsException.Kind.NO_SPACE) {
      return new RefusedException(
          operation,
          dataset.value(),
          "it takes more than the quota already, or the pool has less than the reservation left",
          "see \"zfs get used,available " + dataset + "\" and ask for what is possible",
          e);
    }
    return of(operation, dataset, e);
  }

  /** The error for a machine on which ZFS cannot be used. */
  static UnavailableException of(String operation, DatasetName dataset, ZfsUnavailableException e) {
    return new UnavailableException(
        operation, dataset.value(), "ZFS is not available here: " + e.reason(), e.hint(), e);
  }

  /** The error for a user who may not make the dataset that holds the volumes. */
  static UnavailableException mayNotPrepare(String operation, DatasetName parent, ZfsException e) {
    return new UnavailableException(
        operation,
        parent.value(),
        "the dataset does not exist, and this user may not make it",
        "run as root: zfs create -p -o canmount=off -o mountpoint=legacy %1$s && zfs allow -u %2$s %3$s %1$s"
            .formatted(parent, System.getProperty("user.name"), RIGHTS),
        e);
  }

  /** The error for a pool that is not there. */
  static UnavailableException noPool(String operation, DatasetName dataset) {
    String pool = dataset.pool();
    return new UnavailableException(
        operation,
        dataset.value(),
        "there is no pool " + pool + " here",
        "import it with \"zpool import " + pool + "\", make it, or set zfs.dataset to another one");
  }

  private static UnavailableException unavailable(
      String operation, String subject, DatasetName dataset, ZfsException e) {
    String hint =
        switch (e.kind()) {
          case NO_SPACE -> "free space in the pool " + dataset.pool() + ", or delete branches";
          case QUOTA -> "raise the quota that zfs get -r quota,refquota names, or delete branches";
          case READ_ONLY -> "import the pool " + dataset.pool() + " read-write";
          case NOT_PERMITTED -> permitting(dataset);
          case OUTCOME_UNKNOWN, NOT_BEGUN ->
              "see \"zpool status " + dataset.pool() + "\", and try again when the pool answers";
          case NOT_FOUND -> "see \"zfs list -r " + dataset.pool() + "\", and try again";
          default -> e.hint().orElse("see \"zpool status " + dataset.pool() + "\" and try again");
        };
    return new UnavailableException(operation, subject, e.reason(), hint, e);
  }

  private static String permitting(DatasetName dataset) {
    String user = System.getProperty("user.name");
    return "run as root; or run \"zfs allow -u %s %s %s\" as root and give this process"
            .formatted(user, RIGHTS, dataset.parent().orElse(dataset))
        + " CAP_SYS_ADMIN, without which Linux lets nobody mount";
  }
}
