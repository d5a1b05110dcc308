package dev.bpg.internal.catalog;

import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One lock per branch name, between threads and processes. Whoever clones a branch holds it shared,
 * whoever changes the branch or its server holds it exclusively. Locks are taken from a parent
 * downwards, so that no two holders wait for each other.
 */
public final class BranchLocks {

  private final Path folder;

  /** Locks in a folder that is made when one is taken. */
  public BranchLocks(Path folder) {
    this.folder = folder;
  }

  /** Waits for the lock that keeps changes away. */
  public LockFile shared(BranchName name) throws IOException, InterruptedException {
    return lock(name, true);
  }

  /** Waits for the lock that keeps everybody away. */
  public LockFile exclusive(BranchName name) throws IOException, InterruptedException {
    return lock(name, false);
  }

  /** Takes the lock that keeps everybody away if nobody has it. */
  public Optional<LockFile> tryExclusive(BranchName name) throws IOException {
    Files.createDirectories(file(name).getParent());
    return LockFile.tryLock(file(name), false);
  }

  private LockFile lock(BranchName name, boolean shared) throws IOException, InterruptedException {
    Files.createDirectories(file(name).getParent());
    return LockFile.lock(file(name), shared);
  }

  private Path file(BranchName name) {
    return folder.resolve(name.database()).resolve(name.branch() + ".lock");
  }
}
