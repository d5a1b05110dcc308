package dev.bpg.internal.catalog;

import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One lock per branch name and per snapshot, between threads and processes. Whoever clones a branch
 * or snapshot holds it shared, whoever changes the branch or its server, or deletes the snapshot,
 * holds it exclusively. Locks are taken from a parent downwards and a branch's before its
 * snapshots', so that no two holders wait for each other.
 */
public final class BranchLocks {

  private static final String SUFFIX = ".lock";
  private static final String SNAPSHOTS = ".snapshots";
  private static final String TEMPLATES = ".templates";

  private final Path folder;

  /** Locks in a folder that is made when one is taken. */
  public BranchLocks(Path folder) {
    this.folder = folder;
  }

  /** Waits for the lock that keeps changes away. */
  public LockFile shared(BranchName name) throws IOException, InterruptedException {
    return lock(file(name), true);
  }

  /** Waits for the lock that keeps everybody away. */
  public LockFile exclusive(BranchName name) throws IOException, InterruptedException {
    return lock(file(name), false);
  }

  /** Takes the lock that keeps everybody away if nobody has it. */
  public Optional<LockFile> tryExclusive(BranchName name) throws IOException {
    return tryLock(file(name));
  }

  /**
   * Waits for several branches' locks that keep everybody away. It waits for one at a time, holding
   * none meanwhile, so that it is part of no circle of waiters whatever order others take theirs
   * in.
   */
  public HeldLocks exclusive(Collection<BranchName> names)
      throws IOException, InterruptedException {
    Optional<BranchName> next = names.stream().min(Comparator.naturalOrder());
    while (next.isPresent()) {
      HeldLocks held = new HeldLocks();
      try {
        held.add(next.get(), exclusive(next.get()));
        next = takeOthers(held, names);
      } catch (Throwable first) {
        held.close();
        throw first;
      }
      if (next.isEmpty()) {
        return held;
      }
      held.close();
    }
    return new HeldLocks();
  }

  // Returns the first that somebody has.
  private Optional<BranchName> takeOthers(HeldLocks held, Collection<BranchName> names)
      throws IOException {
    for (BranchName name : names) {
      if (!held.names().contains(name)) {
        Optional<LockFile> lock = tryExclusive(name);
        if (lock.isEmpty()) {
          return Optional.of(name);
        }
        held.add(name, lock.get());
      }
    }
    return Optional.empty();
  }

  /** Waits for the lock that keeps a snapshot from being deleted. */
  public LockFile sharedOfSnapshot(BranchId snapshot) throws IOException, InterruptedException {
    return lock(file(snapshot), true);
  }

  /** Waits for the lock that keeps everybody away from a snapshot. */
  public LockFile exclusiveOfSnapshot(BranchId snapshot) throws IOException, InterruptedException {
    return lock(file(snapshot), false);
  }

  /** Takes the lock that keeps everybody away from a snapshot if nobody has it. */
  public Optional<LockFile> tryExclusiveOfSnapshot(BranchId snapshot) throws IOException {
    return tryLock(file(snapshot));
  }

  /** The files of all locks, of snapshots too. */
  public List<Path> files() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        Set.of(),
        2,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(SUFFIX)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // Its holder deleted it meanwhile.
            }
            throw e;
          }
        });
    return found.stream().sorted().toList();
  }

  /** The branch that a lock's file is of; empty if it is a snapshot's. */
  public Optional<BranchName> branchOf(Path lock) {
    Path group = lock.getParent().getFileName();
    return group.toString().equals(SNAPSHOTS)
        ? Optional.empty()
        : Optional.of(BranchName.parse(group + "/" + nameOf(lock)));
  }

  /** What a lock's file is called, without the suffix. */
  public String nameOf(Path lock) {
    String name = lock.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** Waits for the lock that keeps everybody from making, using or dropping a template. */
  public LockFile exclusiveOfTemplate(String database) throws IOException, InterruptedException {
    return lock(fileOfTemplate(database), false);
  }

  /** Takes the lock that keeps everybody away from a template if nobody has it. */
  public Optional<LockFile> tryExclusiveOfTemplate(String database) throws IOException {
    return tryLock(fileOfTemplate(database));
  }

  private Path fileOfTemplate(String database) {
    return folder.resolve(TEMPLATES).resolve(database + SUFFIX);
  }

  /** Waits for the lock that keeps everybody away from a schedule. */
  public LockFile exclusiveOfSchedule(String schedule) throws IOException, InterruptedException {
    return lock(folder.resolve(".schedules").resolve(schedule + SUFFIX), false);
  }

  private static Optional<LockFile> tryLock(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return LockFile.tryLock(file, false);
  }

  private static LockFile lock(Path file, boolean shared) throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    return LockFile.lock(file, shared);
  }

  private Path file(BranchName name) {
    return folder.resolve(name.database()).resolve(name.branch() + SUFFIX);
  }

  // No database can be called like this folder.
  private Path file(BranchId snapshot) {
    return folder.resolve(SNAPSHOTS).resolve(snapshot.value() + SUFFIX);
  }
}
