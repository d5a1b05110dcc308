package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.ptr.IntByReference;
import java.util.concurrent.CompletableFuture;

/**
 * A process that this one started.
 *
 * @param process the process; the receiver closes it
 * @param exitStatus completes when it has ended: the exit code, 128 and the signal's number if a
 *     signal ended it, or -1 if {@link RunningProcess#awaitExit} took the status first
 */
public record ChildProcess(RunningProcess process, CompletableFuture<Integer> exitStatus)
    implements AutoCloseable {

  private static final int STACK_SIZE = 128 * 1024;

  // A thread of its own waits for each child, as Java's own processes have it: whenever the child
  // ends, it is reaped at once. A zombie would make Postgres believe that its predecessor runs.
  static ChildProcess reaped(RunningProcess process) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    int pid = process.pid();
    Runnable reaper = () -> status.complete(waitFor(pid));
    Thread thread = new Thread(null, reaper, "bpg-reaper " + pid, STACK_SIZE, false);
    thread.setDaemon(true);
    thread.start();
    return new ChildProcess(process, status);
  }

  private static int waitFor(int pid) {
    IntByReference status = new IntByReference();
    while (true) {
      try {
        ProcessCalls.waitpid(pid, status, 0);
        int signal = status.getValue() & 0x7f;
        return signal == 0 ? (status.getValue() >> 8) & 0xff : 128 + signal;
      } catch (LastErrorException e) {
        if (e.getErrorCode() != Errno.EINTR) {
          return -1;
        }
      }
    }
  }

  /** Lets go of the process; it keeps running. */
  @Override
  public void close() {
    process.close();
  }
}
