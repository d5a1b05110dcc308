package dev.bpg.internal.storage.zfs;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.Zfs;
import dev.bpg.internal.platform.zfs.ZfsUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ZFS on this machine, opened when it is first needed. Safe for use by several threads. */
final class ZfsAccess {

  private static final Logger LOG = LoggerFactory.getLogger(ZfsAccess.class);

  private final DatasetName parent;
  private volatile @Nullable Zfs opened;

  ZfsAccess(DatasetName parent) {
    this.parent = parent;
  }

  /**
   * ZFS. A failure is not remembered: a module can be loaded meanwhile.
   *
   * @param operation what it is needed for
   * @throws UnavailableException if it cannot be used here
   */
  Zfs open(String operation) {
    Zfs zfs = opened;
    return zfs != null ? zfs : openNow(operation);
  }

  private synchronized Zfs openNow(String operation) {
    if (opened == null) {
      try {
        Zfs zfs = Zfs.open();
        warnOfCorruption(zfs);
        opened = zfs;
      } catch (ZfsUnavailableException e) {
        throw ZfsErrors.of(operation, parent, e);
      }
    }
    return opened;
  }

  private static void warnOfCorruption(Zfs zfs) {
    if (zfs.version().isCorrupting()) {
      LOG.warn(
          "OpenZFS {} can corrupt files: update it to 2.2.2 or newer (openzfs/zfs issue 15526)",
          zfs.version());
    }
  }
}
