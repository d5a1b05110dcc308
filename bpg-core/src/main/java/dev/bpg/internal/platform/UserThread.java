package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A short-lived thread that acts as another user.
 *
 * <p>Linux keeps credentials per thread; it is the C library's {@code setuid(3)} that changes all
 * threads of a process at once. The raw system calls change the calling thread alone, and what it
 * spawns inherits that. The thread is never used again, so nothing needs to be changed back.
 */
final class UserThread {

  // Changing credentials clears the "dumpable" attribute, which belongs to the whole process (it
  // keeps the other user from tracing the changed thread). Left so, tools could no longer attach
  // to this JVM and /proc/self would change its owner. Read before the first change.
  private static final int DUMPABLE = ProcessCalls.prctl(ProcessCalls.PR_GET_DUMPABLE, 0, 0, 0, 0);

  private UserThread() {}

  interface Body<T> {
    T run() throws IOException;
  }

  /**
   * Runs a body in a new thread, as the user if there is one. It waits for it uninterruptibly: the
   * body must be short.
   */
  static <T> T call(Optional<SystemUser> user, Body<T> body) throws IOException {
    // Not a CompletableFuture: a fork-join pool's thread would run other tasks while it waits.
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              if (user.isPresent()) {
                become(user.get());
              }
              return body.run();
            });
    Thread thread = new Thread(task, "bpg-user-thread");
    thread.setDaemon(true);
    thread.start();
    joinUninterruptibly(thread);
    if (user.isPresent()) {
      // Only now that no thread has the other user's credentials.
      ProcessCalls.prctl(ProcessCalls.PR_SET_DUMPABLE, DUMPABLE == 1 ? 1 : 0, 0, 0, 0);
    }
    return result(task);
  }

  private static <T> T result(FutureTask<T> ended) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return ended.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException("waited for a thread that has ended", e);
    } catch (ExecutionException e) {
      throw rethrow(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // The groups first, the user last: without root's id the others could no longer be changed.
  private static void become(SystemUser user) throws NativeException {
    int uid = user.uid();
    int gid = user.gid();
    set("setgroups(0)", ProcessCalls.SYS_SETGROUPS, 0, 0, 0);
    set("setresgid(" + gid + ")", ProcessCalls.SYS_SETRESGID, gid, gid, gid);
    set("setresuid(" + uid + ")", ProcessCalls.SYS_SETRESUID, uid, uid, uid);
  }

  private static void set(String call, int number, int a, int b, int c) throws NativeException {
    try {
      ProcessCalls.syscall(number, a, b, c, 0);
    } catch (LastErrorException e) {
      throw Errno.failed(call, e);
    }
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException rethrow(Throwable cause) throws IOException {
    if (cause instanceof IOException e) {
      throw e;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) cause;
  }
}
