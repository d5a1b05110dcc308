package dev.bpg.internal.storage.zfs;

import dev.bpg.internal.platform.zfs.SnapshotName;
import dev.bpg.internal.platform.zfs.ZfsException;
import dev.bpg.model.BranchId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Those who want a snapshot of one dataset, in groups that share one. */
final class SnapshotQueue {

  // The tag names them all, and a user property ends at 8191 bytes.
  private static final int MOST = 256;

  /** Takes a snapshot. */
  interface Taking {
    /**
     * Takes one.
     *
     * @param targets the ids that it is for, with spaces between
     */
    SnapshotName take(String targets) throws ZfsException;
  }

  private final Set<SnapshotName> inUse;
  private final ReentrantLock taking = new ReentrantLock(true);
  private @Nullable Group next;

  /**
   * An empty queue.
   *
   * @param inUse where snapshots are while somebody is about to clone them
   */
  SnapshotQueue(Set<SnapshotName> inUse) {
    this.inUse = inUse;
  }

  /**
   * Waits for a snapshot that begins after this call did. The first of a group takes it, as soon as
   * the one before is done.
   */
  Share take(BranchId target, Taking how) throws ZfsException {
    boolean first;
    Group group;
    synchronized (this) {
      first = next == null || next.targets.size() == MOST;
      if (first) {
        next = new Group();
      }
      group = next;
      group.targets.add(target);
      group.left++;
    }
    if (first) {
      taking.lock();
      try {
        group.run(close(group), how);
      } finally {
        taking.unlock();
      }
    }
    return group.share();
  }

  private synchronized String close(Group group) {
    if (next == group) {
      next = null;
    }
    return group.targets.stream().map(BranchId::value).collect(Collectors.joining(" "));
  }

  /** Somebody's part in a snapshot. */
  static final class Share implements AutoCloseable {
    private final Group group;
    private final SnapshotName snapshot;

    private Share(Group group, SnapshotName snapshot) {
      this.group = group;
      this.snapshot = snapshot;
    }

    SnapshotName snapshot() {
      return snapshot;
    }

    @Override
    public void close() {
      group.leave(snapshot);
    }
  }

  private final class Group {
    private final List<BranchId> targets = new ArrayList<>();
    private final CompletableFuture<SnapshotName> taken = new CompletableFuture<>();
    private int left;

    void run(String ids, Taking how) {
      try {
        SnapshotName snapshot = how.take(ids);
        inUse.add(snapshot);
        taken.complete(snapshot);
      } catch (ZfsException | RuntimeException | Error e) {
        taken.completeExceptionally(e);
      }
    }

    Share share() throws ZfsException {
      try {
        return new Share(this, taken.join());
      } catch (CompletionException e) {
        if (e.getCause() instanceof ZfsException failure) {
          throw failure;
        }
        throw e;
      }
    }

    void leave(SnapshotName snapshot) {
      synchronized (SnapshotQueue.this) {
        left--;
        if (left == 0) {
          inUse.remove(snapshot);
        }
      }
    }
  }
}
