package dev.bpg.internal.lease;

import dev.bpg.internal.platform.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The leases of a home folder. Safe for use by several threads and processes. */
public final class Leases {

  private final Path folder;

  /** Leases in a folder that exists. */
  public Leases(Path folder) {
    this.folder = folder;
  }

  /** Takes out a new lease. */
  public Lease take() throws IOException {
    String id = UUID.randomUUID().toString();
    Path file = folder.resolve(id);
    LockFile lock =
        LockFile.tryLock(file, false)
            .orElseThrow(() -> new IOException("a new lease is locked already: " + file));
    return new Lease(id, file, lock);
  }

  /**
   * Waits until a lease's holder is gone.
   *
   * @return the lease, now held by this process; empty if it was ended in good order
   */
  public Optional<Lease> await(String id) throws IOException, InterruptedException {
    Path file = folder.resolve(id);
    Optional<LockFile> lock = LockFile.lockExisting(file);
    return lock.map(held -> new Lease(id, file, held));
  }

  /** Whether there is a lease of this id, held or not. */
  public boolean exists(String id) {
    return !Files.notExists(folder.resolve(id));
  }

  /** Takes over the leases whose holders are gone. */
  public List<Lease> takeOverDead() throws IOException {
    List<Lease> dead = new ArrayList<>();
    try {
      for (Path file : files()) {
        LockFile.tryLockExisting(file)
            .ifPresent(lock -> dead.add(new Lease(file.getFileName().toString(), file, lock)));
      }
      return dead;
    } catch (IOException e) {
      dead.forEach(Lease::abandon);
      throw e;
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
