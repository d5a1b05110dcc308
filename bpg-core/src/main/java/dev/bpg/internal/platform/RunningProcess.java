package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A process held by a pidfd, so that a process that later gets the same number is never taken for
 * it. To act on a process known by number: open it, check that it is the one you mean (through
 * {@code /proc}), then act. Not safe for use by several threads.
 *
 * <p>A kernel before 5.3 has no pidfds; there the number alone has to do.
 */
public final class RunningProcess implements AutoCloseable {

  // siginfo_t is 128 bytes on every Linux.
  private static final int SIGINFO_SIZE = 128;

  private final int pid;
  private final int pidfd;

  private RunningProcess(int pid, int pidfd) {
    this.pid = pid;
    this.pidfd = pidfd;
  }

  /** The signals that are sent here. */
  public enum Signal {
    /** Interrupt: to Postgres, a fast shutdown. */
    INT(2),
    /** Quit: to Postgres, an immediate shutdown. */
    QUIT(3),
    /** Kill. */
    KILL(9),
    /** Terminate. */
    TERM(15);

    private final int number;

    Signal(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** Holds the process of a number; empty if there is none. */
  public static Optional<RunningProcess> open(int pid) throws NativeException {
    if (pid <= 0) {
      return Optional.empty();
    }
    try {
      int fd = (int) ProcessCalls.syscall(ProcessCalls.SYS_PIDFD_OPEN, pid, 0, 0, 0);
      return Optional.of(new RunningProcess(pid, fd));
    } catch (LastErrorException e) {
      return switch (e.getErrorCode()) {
        // EINVAL: the number is that of a thread.
        case Errno.ESRCH, Errno.EINVAL -> Optional.empty();
        // EPERM is what container runtimes answer to a call that they don't know.
        case Errno.ENOSYS, Errno.EPERM -> Optional.of(new RunningProcess(pid, -1));
        default -> throw Errno.failed("pidfd_open(" + pid + ")", e);
      };
    }
  }

  /** The process's number. */
  public int pid() {
    return pid;
  }

  int fd() {
    return pidfd;
  }

  /** Sends a signal; no error if the process has ended. */
  public void signal(Signal signal) throws NativeException {
    try {
      if (pidfd >= 0) {
        ProcessCalls.syscall(ProcessCalls.SYS_PIDFD_SEND_SIGNAL, pidfd, signal.number, 0, 0);
      } else {
        ProcessCalls.kill(pid, signal.number);
      }
    } catch (LastErrorException e) {
      if (e.getErrorCode() != Errno.ESRCH) {
        throw Errno.failed("kill(" + pid + ", " + signal + ")", e);
      }
    }
  }

  /**
   * Waits until the process has ended, and reaps it if it is a child of this one.
   *
   * @return whether it has; false when the time is over
   */
  public boolean awaitExit(Duration timeout) throws NativeException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Backoff backoff = new Backoff();
    while (true) {
      boolean timed = pidfd < 0;
      long until = timed ? backoff.next(deadline) : deadline;
      if (InterruptiblePoll.poll(until, pidfd)[0] || (timed && !isListed())) {
        reap();
        return true;
      }
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
    }
  }

  /** Whether the process has ended without waiting for it. */
  public boolean hasExited() throws NativeException, InterruptedException {
    return awaitExit(Duration.ZERO);
  }

  // Through the pidfd, so that no other child of this JVM can be reaped by mistake. Without one the
  // thread that Spawner started does it alone.
  private void reap() throws NativeException {
    if (pidfd < 0) {
      return;
    }
    try {
      ProcessCalls.waitid(
          ProcessCalls.P_PIDFD,
          pidfd,
          new Memory(SIGINFO_SIZE),
          ProcessCalls.WEXITED | ProcessCalls.WNOHANG);
    } catch (LastErrorException e) {
      // ECHILD: another process's child, or reaped already. EINVAL: before Linux 5.4.
      if (e.getErrorCode() != Errno.ECHILD && e.getErrorCode() != Errno.EINVAL) {
        throw Errno.failed("waitid(" + pid + ")", e);
      }
    }
  }

  private boolean isListed() throws NativeException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (NoSuchFileException e) {
      return false;
    } catch (FileSystemException e) {
      throw Errno.failed("open(/proc/" + pid + "/stat)", Errno.ESRCH);
    } catch (IOException e) {
      return false; // It ended between the opening and the reading.
    }
  }

  /** Lets go of the process; it keeps running. */
  @Override
  public void close() {
    if (pidfd >= 0) {
      FileCalls.close(pidfd);
    }
  }
}
