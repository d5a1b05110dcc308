package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.RunningProcess.Signal;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends a program, and all in its process group, when this process ends, however it does: also by
 * {@code SIGKILL}.
 *
 * <p>It is a pipe. This process alone has the end to write to, the program and what it starts have
 * the other one, which they know nothing of. When the former is closed, as the kernel does at a
 * process's end, the kernel itself sends the group a signal. {@code PR_SET_PDEATHSIG} would not do:
 * it is about the end of the thread that started the program, and about that program alone.
 *
 * <p>A group can be named only when its leader runs. So a shell begins in the program's place,
 * waits for a line on a second pipe, which is written when the group is named, and becomes the
 * program. If this process ends before, that pipe's end tells the shell to end too.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/F_SETOWN.2const.html">F_SETOWN(2const)</a>
 */
public final class Tether implements Closeable {

  // Above whatever the child has: a descriptor that is duplicated to itself keeps FD_CLOEXEC.
  private static final int ABOVE_CHILDS = 16;

  private static final Path SHELL = Path.of("/bin/sh");
  // The program's own arguments are the script's.
  private static final String AWAIT_LINE = "read -r line && exec \"$0\" \"$@\" </dev/null";

  private final Pipe tie;
  private final Pipe gate;
  private boolean closed;

  private Tether(Pipe tie, Pipe gate) {
    this.tie = tie;
    this.gate = gate;
  }

  /** A new one, for one program. */
  public static Tether open() throws NativeException {
    Pipe tie = Pipe.open();
    try {
      tie.signalWhenClosed();
      return new Tether(tie, Pipe.open());
    } catch (NativeException e) {
      tie.close();
      throw e;
    }
  }

  /** The shell that waits until it is tied, and then becomes the program. */
  static SpawnRequest waiting(SpawnRequest request) {
    List<String> arguments = new ArrayList<>(List.of("-c", AWAIT_LINE));
    arguments.add(request.program().toString());
    arguments.addAll(request.arguments());
    return new SpawnRequest(
        SHELL,
        arguments,
        request.environment(),
        request.folder(),
        request.output(),
        request.user());
  }

  /** The descriptor that the shell has as its standard input. */
  int input() {
    return gate.reading();
  }

  /** The descriptor that the program inherits. */
  int given() {
    return tie.reading();
  }

  /** Names the group, and lets the program begin. */
  void tie(int leader) throws NativeException {
    try {
      ProcessCalls.fcntl(given(), ProcessCalls.F_SETOWN, -leader);
    } catch (LastErrorException e) {
      if (e.getErrorCode() != Errno.ESRCH) {
        throw Errno.failed("fcntl(F_SETOWN, -" + leader + ")", e);
      }
    }
    gate.writeLine();
  }

  /** Ends what is left of the group. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      tie.close();
      gate.close();
    }
  }

  private record Pipe(int reading, int writing) {

    static Pipe open() throws NativeException {
      int[] ends = new int[2];
      try {
        ProcessCalls.pipe2(ends, FileCalls.O_CLOEXEC);
      } catch (LastErrorException e) {
        throw Errno.failed("pipe2()", e);
      }
      try {
        int reading = ProcessCalls.fcntl(ends[0], ProcessCalls.F_DUPFD_CLOEXEC, ABOVE_CHILDS);
        return new Pipe(reading, ends[1]);
      } catch (LastErrorException e) {
        FileCalls.close(ends[1]);
        throw Errno.failed("fcntl(F_DUPFD_CLOEXEC)", e);
      } finally {
        FileCalls.close(ends[0]);
      }
    }

    // To whom is told later: there is nobody yet.
    void signalWhenClosed() throws NativeException {
      try {
        ProcessCalls.fcntl(reading, ProcessCalls.F_SETSIG, Signal.TERM.number());
        ProcessCalls.fcntl(reading, ProcessCalls.F_SETFL, ProcessCalls.O_ASYNC);
      } catch (LastErrorException e) {
        throw Errno.failed("fcntl(pipe)", e);
      }
    }

    void writeLine() throws NativeException {
      try (Memory line = new Memory(1)) {
        line.setByte(0, (byte) '\n');
        ProcessCalls.write(writing, line, 1);
      } catch (LastErrorException e) {
        throw Errno.failed("write(pipe)", e);
      }
    }

    void close() {
      FileCalls.close(writing);
      FileCalls.close(reading);
    }
  }
}
