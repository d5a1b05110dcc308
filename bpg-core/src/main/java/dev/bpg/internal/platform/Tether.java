package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.RunningProcess.Signal;
import java.io.Closeable;

/**
 * Ends a program, and all in its process group, when this process ends, however it does: also by
 * {@code SIGKILL}.
 *
 * <p>It is a pipe. This process alone has the end to write to, the program and what it starts have
 * the other one, which they know nothing of. When the former is closed, as the kernel does at a
 * process's end, the kernel itself sends the group a signal. {@code PR_SET_PDEATHSIG} would not do:
 * it is about the end of the thread that started the program, and about that program alone.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/F_SETOWN.2const.html">F_SETOWN(2const)</a>
 */
public final class Tether implements Closeable {

  // Above whatever the child has: a descriptor that is duplicated to itself keeps FD_CLOEXEC.
  private static final int ABOVE_CHILDS = 16;

  private final int kept;
  private final int given;
  private boolean closed;

  private Tether(int kept, int given) {
    this.kept = kept;
    this.given = given;
  }

  /** A new one, for one program. */
  public static Tether open() throws NativeException {
    int[] ends = new int[2];
    try {
      ProcessCalls.pipe2(ends, FileCalls.O_CLOEXEC);
    } catch (LastErrorException e) {
      throw Errno.failed("pipe2()", e);
    }
    try {
      int given = ProcessCalls.fcntl(ends[0], ProcessCalls.F_DUPFD_CLOEXEC, ABOVE_CHILDS);
      FileCalls.close(ends[0]);
      ends[0] = given;
      ProcessCalls.fcntl(given, ProcessCalls.F_SETSIG, Signal.TERM.number());
      ProcessCalls.fcntl(given, ProcessCalls.F_SETFL, ProcessCalls.O_ASYNC);
      return new Tether(ends[1], given);
    } catch (LastErrorException e) {
      FileCalls.close(ends[0]);
      FileCalls.close(ends[1]);
      throw Errno.failed("fcntl(pipe)", e);
    }
  }

  /** The descriptor that the program inherits. */
  int given() {
    return given;
  }

  /** Names the group, as soon as there is one. */
  void tie(int leader) throws NativeException {
    try {
      ProcessCalls.fcntl(given, ProcessCalls.F_SETOWN, -leader);
    } catch (LastErrorException e) {
      if (e.getErrorCode() != Errno.ESRCH) {
        throw Errno.failed("fcntl(F_SETOWN, -" + leader + ")", e);
      }
    }
  }

  /** Ends what is left of the group. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      FileCalls.close(kept);
      FileCalls.close(given);
    }
  }
}
