package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import java.nio.file.Path;

/**
 * Tells when files directly in a folder are made, written or deleted, by {@code inotify(7)}. Where
 * the system has no instance left, it wakes after growing pauses instead. Not safe for use by
 * several threads.
 */
public final class FolderWatch implements AutoCloseable {

  private static final int BUFFER_SIZE = 4096;

  private final int fd;
  private final Backoff backoff = new Backoff();

  private FolderWatch(int fd) {
    this.fd = fd;
  }

  /** Why {@link #await} returned. */
  public enum Wake {
    /** Something in the folder may have changed. */
    CHANGED,
    /** The process has ended, or somebody rang. */
    EXITED,
    /** The time is over. */
    TIMED_OUT
  }

  /** Starts to watch; changes from here on are not missed. */
  public static FolderWatch open(Path folder) throws NativeException {
    int fd;
    try {
      fd = ProcessCalls.inotify_init1(ProcessCalls.IN_CLOEXEC | ProcessCalls.IN_NONBLOCK);
    } catch (LastErrorException e) {
      // Out of instances or not built in: a reason to look again and again, not to fail.
      return new FolderWatch(-1);
    }
    try {
      int mask =
          ProcessCalls.IN_CREATE
              | ProcessCalls.IN_MODIFY
              | ProcessCalls.IN_MOVED_TO
              | ProcessCalls.IN_DELETE;
      CStrings strings = new CStrings();
      ProcessCalls.inotify_add_watch(fd, strings.of(folder.toString()), mask);
      return new FolderWatch(fd);
    } catch (LastErrorException e) {
      FileCalls.close(fd);
      if (e.getErrorCode() == Errno.ENOSPC) {
        return new FolderWatch(-1);
      }
      throw Errno.failed("inotify_add_watch(" + folder + ")", e);
    }
  }

  /** Waits for a change or the end of a process, whichever comes first. */
  public Wake await(RunningProcess process, long deadlineNanos)
      throws NativeException, InterruptedException {
    boolean blind = fd < 0 || process.fd() < 0;
    long until = blind ? backoff.next(deadlineNanos) : deadlineNanos;
    boolean[] ready = InterruptiblePoll.poll(until, process.fd(), fd);
    if (ready[0] || (process.fd() < 0 && process.hasExited())) {
      return Wake.EXITED;
    }
    if (ready[1]) {
      drain();
      return Wake.CHANGED;
    }
    return blind && System.nanoTime() - deadlineNanos < 0 ? Wake.CHANGED : Wake.TIMED_OUT;
  }

  /** Waits for a change or until somebody rings, whichever comes first; ringing is the end. */
  public Wake await(Alarm alarm, long deadlineNanos) throws NativeException, InterruptedException {
    boolean blind = fd < 0;
    long until = blind ? backoff.next(deadlineNanos) : deadlineNanos;
    boolean[] ready = InterruptiblePoll.poll(until, alarm.fd(), fd);
    if (ready[0]) {
      return Wake.EXITED;
    }
    if (ready[1]) {
      drain();
      return Wake.CHANGED;
    }
    return blind && System.nanoTime() - deadlineNanos < 0 ? Wake.CHANGED : Wake.TIMED_OUT;
  }

  private void drain() throws NativeException {
    Memory buffer = new Memory(BUFFER_SIZE);
    try {
      while (ProcessCalls.read(fd, buffer, BUFFER_SIZE) > 0) {
        // What changed is found by looking at the files.
      }
    } catch (LastErrorException e) {
      if (e.getErrorCode() != Errno.EAGAIN && e.getErrorCode() != Errno.EINTR) {
        throw Errno.failed("read(inotify)", e);
      }
    }
  }

  /**
   * Ends the watch. The kernel waits 10 to 20 ms inside close(2) until nobody can look at an
   * inotify instance any more, as long as a whole start of Postgres; so another thread does it.
   */
  @Override
  public void close() {
    if (fd >= 0) {
      Thread closer = new Thread(() -> FileCalls.close(fd), "bpg-watch-closer");
      closer.setDaemon(true);
      closer.start();
    }
  }
}
