package dev.bpg.internal.storage.btrfs;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.BtrfsSubvolumes;
import dev.bpg.internal.platform.DaemonThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subvolumes that were deleted and that btrfs has not freed yet. A file refers to each snapshot
 * that has it, so with hundreds of these a snapshot more takes thrice the time. Thread-safe.
 */
final class DeletedSubvolumes {

  private static final Logger LOG = LoggerFactory.getLogger(DeletedSubvolumes.class);

  private static final ThreadFactory THREADS = DaemonThreads.named("bpg-btrfs-free-");
  // It takes a commit, as a snapshot does.
  private static final long PERIOD = Duration.ofSeconds(1).toNanos();

  private final Path root;
  private final AtomicLong last = new AtomicLong(System.nanoTime() - PERIOD);

  /** Those on the file system of a folder. */
  DeletedSubvolumes(Path root) {
    this.root = root;
  }

  /** To be called after a deletion: has them freed, off the caller's path, once in a period. */
  void free() {
    long now = System.nanoTime();
    long before = last.get();
    if (now - before >= PERIOD && last.compareAndSet(before, now)) {
      THREADS.newThread(this::freeNow).start();
    }
  }

  private void freeNow() {
    try {
      BtrfsSubvolumes.freeDeleted(root);
    } catch (NativeException e) {
      LOG.debug("btrfs frees what was deleted below {} in its own time", root, e);
    }
  }
}
