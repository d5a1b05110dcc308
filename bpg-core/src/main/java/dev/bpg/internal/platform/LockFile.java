package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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

  private LockFile(Path path, int fd) {
    this.path = path;
    this.fd = fd;
  }

  /** Takes the lock if nobody holds it in a way that excludes this one. */
  public static Optional<LockFile> tryLock(Path path, boolean shared) throws IOException {
    while (true) {
      int fd = open(path);
      try {
        FileCalls.flock(fd, mode(shared) | FileCalls.LOCK_NB);
      } catch (LastErrorException e) {
        FileCalls.close(fd);
        if (e.getErrorCode() == Errno.EAGAIN) {
          return Optional.empty();
        }
        throw Errno.failed("flock(" + path + ")", e);
      }
      if (stillNamed(fd)) {
        return Optional.of(new LockFile(path, fd));
      }
      FileCalls.close(fd);
    }
  }

  /** Takes the lock, waiting as long as it takes. */
  public static LockFile lock(Path path, boolean shared) throws IOException, InterruptedException {
    while (true) {
      Optional<LockFile> free = tryLock(path, shared);
      if (free.isPresent()) {
        return free.get();
      }
      int fd = open(path);
      awaitLock(path, fd, shared);
      if (stillNamed(fd)) {
        return new LockFile(path, fd);
      }
      FileCalls.close(fd);
    }
  }

  // flock(2) cannot be interrupted from Java, so a thread of its own waits in it. If the caller
  // gives up, that thread lets go of the lock as soon as it gets it.
  private static void awaitLock(Path path, int fd, boolean shared)
      throws IOException, InterruptedException {
    CompletableFuture<Void> held = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                flockRetrying(path, fd, mode(shared));
                if (!held.complete(null)) {
                  FileCalls.close(fd);
                }
              } catch (NativeException e) {
                FileCalls.close(fd);
                held.completeExceptionally(e);
              }
            },
            "bpg-lock " + path.getFileName());
    waiter.setDaemon(true);
    waiter.start();
    try {
      held.get();
    } catch (InterruptedException e) {
      if (!held.cancel(false) && !held.isCompletedExceptionally()) {
        FileCalls.close(fd);
      }
      throw e;
    } catch (ExecutionException e) {
      throw (NativeException) e.getCause();
    }
  }

  private static void flockRetrying(Path path, int fd, int operation) throws NativeException {
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

  private static int open(Path path) throws NativeException {
    try {
      return FileCalls.open(
          path.toString(), FileCalls.O_RDWR | FileCalls.O_CREAT | FileCalls.O_CLOEXEC, 0600);
    } catch (LastErrorException e) {
      throw Errno.failed("open(" + path + ")", e);
    }
  }

  private static int mode(boolean shared) {
    return shared ? FileCalls.LOCK_SH : FileCalls.LOCK_EX;
  }

  private static boolean stillNamed(int fd) throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self/fd/" + fd), "unix:nlink") > 0;
  }

  /** Deletes the file. To be called only while this lock is held exclusively. */
  public void deleteFile() throws IOException {
    Files.deleteIfExists(path);
  }

  /** Lets go of the lock. */
  @Override
  public void close() {
    FileCalls.close(fd);
  }
}
