package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.RunningProcess.Signal;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A child that {@link Spawner} started, which leads a session and so a group, with all that it
 * started in turn and that did not leave the group. They may outlive it. Safe for use by several
 * threads.
 *
 * <p>To be used no later than right after the child's end: the kernel gives out its number again
 * only when the group is empty, and then all the others first.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/setsid.2.html">setsid(2)</a>
 */
public final class ProcessGroup {

  private final int leader;

  private ProcessGroup(int leader) {
    this.leader = leader;
  }

  /** The group that a child leads. */
  public static ProcessGroup ledBy(ChildProcess child) {
    return new ProcessGroup(child.process().pid());
  }

  /** Sends a signal to each of them; no error if there is none any more. */
  public void signal(Signal signal) throws NativeException {
    signal(signal.number());
  }

  /**
   * Waits until all of them have ended.
   *
   * @return whether they have; false when the time is over
   */
  public boolean awaitEnd(Duration timeout) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (signal(0)) {
      Optional<RunningProcess> member = member();
      if (member.isEmpty()) {
        return true; // What is left has ended too, and waits for its parent to look.
      }
      try (RunningProcess held = member.get()) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        // Between listing and holding, its number may have become another's.
        if (isMember(held.pid()) && !held.awaitExit(left)) {
          return false;
        }
      }
    }
    return true;
  }

  // Signal 0 only asks.
  private boolean signal(int number) throws NativeException {
    try {
      ProcessCalls.kill(-leader, number);
      return true;
    } catch (LastErrorException e) {
      if (e.getErrorCode() == Errno.ESRCH) {
        return false;
      }
      throw Errno.failed("kill(-" + leader + ", " + number + ")", e);
    }
  }

  private Optional<RunningProcess> member() throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        int pid = Integer.parseInt(process.getFileName().toString());
        if (isMember(pid)) {
          Optional<RunningProcess> held = RunningProcess.open(pid);
          if (held.isPresent()) {
            return held;
          }
        }
      }
      return Optional.empty();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  // After the name, which may contain anything: the state, the parent, the group.
  private boolean isMember(int pid) {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    } catch (IOException e) {
      return false; // It ended meanwhile: ENOENT, or ESRCH within the read.
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    boolean hasEnded = fields[0].equals("Z") || fields[0].equals("X");
    return !hasEnded && fields[2].equals(String.valueOf(leader));
  }
}
