package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A lock held through {@code flock(2)} on a file of its own. Unlike {@link
 * java.nio.channels.FileLock} it excludes threads, class loaders and processes alike, because it
 * belongs to one opening of the file, and it ends with the process however that ends.
 *
 * <p>A holder may delete the file; whoever waited for the deleted one starts over with a new one.
 */
public final class LockFile implements AutoCloseable {

  private final Path path;
  private final int fd;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LockFile(Path path, int fd) {
    this.path = path;
    this.fd = fd;
  }

  /**
   * Takes the lock if nobody holds it in a way that excludes this one; makes the file if needed.
   */
  public static Optional<LockFile> tryLock(Path path, boolean shared) throws IOException {
    while (true) {
      LockFile opened = open(path, FileCalls.O_CREAT);
      if (!opened.tryFlock(mode(shared))) {
        return Optional.empty();
      }
      if (opened.stillNamed()) {
        return Optional.of(opened);
      }
      opened.close();
    }
  }

  /** Takes the lock, waiting as long as it takes; makes the file if needed. */
  public static LockFile lock(Path path, boolean shared) throws IOException, InterruptedException {
    while (true) {
      LockFile opened = open(path, FileCalls.O_CREAT);
      if (!opened.tryFlock(mode(shared))) {
        opened = open(path, FileCalls.O_CREAT);
        opened.awaitFlock(mode(shared));
      }
      if (opened.stillNamed()) {
        return opened;
      }
      opened.close();
    }
  }

  /** Takes the exclusive lock on a file that exists, if nobody holds it. */
  public static Optional<LockFile> tryLockExisting(Path path) throws IOException {
    Optional<LockFile> opened = openExisting(path);
    if (opened.isEmpty() || !opened.get().tryFlock(FileCalls.LOCK_EX)) {
      return Optional.empty();
    }
    return opened.get().unlessDeleted();
  }

  /** Waits for the exclusive lock on a file; nothing if there is none, or none any more then. */
  public static Optional<LockFile> lockExisting(Path path)
      throws IOException, InterruptedException {
    Optional<LockFile> opened = openExisting(path);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    opened.get().awaitFlock(FileCalls.LOCK_EX);
    return opened.get().unlessDeleted();
  }

  private Optional<LockFile> unlessDeleted() throws IOException {
    if (stillNamed()) {
      return Optional.of(this);
    }
    close();
    return Optional.empty();
  }

  /** Takes the lock now, or closes the file and says no. */
  private boolean tryFlock(int mode) throws NativeException {
    try {
      FileCalls.flock(fd, mode | FileCalls.LOCK_NB);
      return true;
    } catch (LastErrorException e) {
      close();
      if (e.getErrorCode() == Errno.EAGAIN) {
        return false;
      }
      throw Errno.failed("flock(" + path + ")", e);
    }
  }

  // flock(2) cannot be interrupted from Java, so a thread of its own waits in it. If the caller
  // gives up, that thread lets go of the lock as soon as it gets it. A FutureTask, because waiting
  // for a CompletableFuture makes a fork-join pool run other tasks of its owner meanwhile.
  private void awaitFlock(int mode) throws IOException, InterruptedException {
    AtomicBoolean claimed = new AtomicBoolean();
    FutureTask<Void> acquisition =
        new FutureTask<>(
            () -> {
              try {
                flockRetrying(mode);
              } catch (NativeException e) {
                close();
                throw e;
              }
              if (!claimed.compareAndSet(false, true)) {
                close();
              }
              return null;
            });
    Thread waiter = new Thread(acquisition, "bpg-lock " + path.getFileName());
    waiter.setDaemon(true);
    waiter.start();
    try {
      acquisition.get();
    } catch (InterruptedException e) {
      boolean abandoned = claimed.compareAndSet(false, true);
      if (!abandoned) {
        close();
      }
      throw e;
    } catch (ExecutionException e) {
      throw (NativeException) e.getCause();
    }
  }

  private void flockRetrying(int operation) throws NativeException {
    while (true) {
      try {
        FileCalls.flock(fd, operation);
        return;
      } catch (LastErrorException e) {
        if (e.getErrorCode() != Errno.EINTR) {
          throw Errno.failed("flock(" + path + ")", e);
        }
      }
    }
  }

  private static Optional<LockFile> openExisting(Path path) throws IOException {
    try {
      return Optional.of(open(path, 0));
    } catch (NativeException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static LockFile open(Path path, int flags) throws NativeException {
    try {
      int fd =
          FileCalls.open(path.toString(), FileCalls.O_RDWR | FileCalls.O_CLOEXEC | flags, 0600);
      return new LockFile(path, fd);
    } catch (LastErrorException e) {
      throw Errno.failed("open(" + path + ")", e);
    }
  }

  private static int mode(boolean shared) {
    return shared ? FileCalls.LOCK_SH : FileCalls.LOCK_EX;
  }

  // A descriptor's link count is 0 once its file has been deleted.
  private boolean stillNamed() throws IOException {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self/fd/" + fd), "unix:nlink") > 0;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Deletes the file. To be called only while this lock is held exclusively. */
  public void deleteFile() throws IOException {
    Files.deleteIfExists(path);
  }

  /** Lets go of the lock; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      FileCalls.close(fd);
    }
  }
}
