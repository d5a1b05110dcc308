package dev.bpg.internal.storage.btrfs;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.BtrfsSubvolumes;
import dev.bpg.internal.platform.DaemonThreads;
import java.nio.file.Path;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subvolumes that were deleted and that btrfs has not freed yet. A file refers to each snapshot
 * that has it, so with hundreds of these a snapshot more takes thrice the time. Thread-safe.
 */
final class DeletedSubvolumes {

  private static final Logger LOG = LoggerFactory.getLogger(DeletedSubvolumes.class);

  // It takes a commit, as a snapshot does.
  private static final long MILLIS = 1000;

  private final Path root;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("bpg-btrfs-free-"));

  /** Those on the file system of a folder. */
  DeletedSubvolumes(Path root) {
    this.root = root;
    // Nobody closes a storage, so its thread ends when there was nothing to do for a while.
    timer.setKeepAliveTime(2 * MILLIS, TimeUnit.MILLISECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  /** To be called after a deletion: has all that is deleted within a second freed after that. */
  void free() {
    if (asked.compareAndSet(false, true)) {
      timer.schedule(this::freeNow, MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void freeNow() {
    asked.set(false);
    try {
      BtrfsSubvolumes.freeDeleted(root);
    } catch (NativeException e) {
      LOG.debug("btrfs frees what was deleted below {} in its own time", root, e);
    }
  }
}
