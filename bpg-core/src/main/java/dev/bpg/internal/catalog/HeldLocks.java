package dev.bpg.internal.catalog;

import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The locks of several branches, held exclusively. For one thread. */
public final class HeldLocks implements AutoCloseable {

  private final Map<BranchName, LockFile> locks = new TreeMap<>();

  HeldLocks() {}

  void add(BranchName name, LockFile lock) {
    locks.put(name, lock);
  }

  /** The branches' names. */
  public Set<BranchName> names() {
    return Set.copyOf(locks.keySet());
  }

  /** Deletes the file of a lock that is held here, for a name that nothing has. */
  public void deleteFile(BranchName name) throws IOException {
    LockFile lock = locks.get(name);
    if (lock != null) {
      lock.deleteFile();
    }
  }

  /** Lets go of all of them; a second call does nothing. */
  @Override
  public void close() {
    locks.values().forEach(LockFile::close);
  }
}
