package dev.bpg.internal.platform;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import dev.bpg.error.NativeException;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts programs by {@code posix_spawn(3)}: in a session of their own, with default signals, with
 * no descriptor but the standard three and a tether if it is on one, and as another user when this
 * process is root. The child outlives this process, and no intermediate program is run, unlike with
 * {@link ProcessBuilder}; but for one that is tethered. Safe for use by several threads.
 */
public final class Spawner {

  // Larger than posix_spawnattr_t (336 bytes) and posix_spawn_file_actions_t (80) of glibc.
  private static final int OPAQUE_SIZE = 1024;
  private static final int SIGSET_SIZE = 128;
  // Signals 1 to 31 without KILL (9) and STOP (19), which cannot be changed; bit n-1 is signal n.
  private static final long ALL_SIGNALS = 0x7fff_ffffL & ~(1L << 8) & ~(1L << 18);

  private Spawner() {}

  /**
   * Starts a program that outlives this process.
   *
   * @throws NativeException if it cannot be executed or the user cannot be changed; nothing runs
   *     then
   */
  public static ChildProcess spawn(SpawnRequest request) throws IOException {
    return spawn(request, Optional.empty());
  }

  /**
   * Starts a program that ends with this process. If it cannot be executed, it is a shell that says
   * so and ends.
   *
   * @param tether has to be kept open while the program runs
   */
  public static ChildProcess spawn(SpawnRequest request, Tether tether) throws IOException {
    return spawn(Tether.waiting(request), Optional.of(tether));
  }

  private static ChildProcess spawn(SpawnRequest request, Optional<Tether> tether)
      throws IOException {
    int output = openOutput(request);
    Prepared prepared = null;
    try {
      prepared = new Prepared(request, output, tether);
      Prepared ready = prepared;
      int pid =
          UserThread.call(
              request.user(),
              () -> {
                hideDescriptors();
                int child = ready.spawn();
                if (tether.isPresent()) {
                  tether.get().tie(child);
                }
                return child;
              });
      // Nobody else reaps the child before this, so its number is still its own.
      return ChildProcess.reaped(RunningProcess.open(pid).orElseThrow());
    } finally {
      if (prepared != null) {
        prepared.free();
      }
      FileCalls.close(output);
    }
  }

  private static int openOutput(SpawnRequest request) throws NativeException {
    int flags =
        FileCalls.O_WRONLY
            | FileCalls.O_APPEND
            | FileCalls.O_CREAT
            | FileCalls.O_CLOEXEC
            // What a link leads to is not for this process to write to or to give away.
            | OpenFlags.O_NOFOLLOW;
    int fd;
    try {
      fd = FileCalls.open(request.output().toString(), flags, 0600);
    } catch (LastErrorException e) {
      throw Errno.failed("open(" + request.output() + ")", e);
    }
    try {
      if (request.user().isPresent()) {
        ProcessCalls.fchown(fd, request.user().get().uid(), request.user().get().gid());
      }
      return fd;
    } catch (LastErrorException e) {
      FileCalls.close(fd);
      throw Errno.failed("fchown(" + request.output() + ")", e);
    }
  }

  // Java opens sockets and files without O_CLOEXEC. A server that inherited them would hold, say,
  // the application's own listening port for as long as it runs. CLOSE_RANGE_UNSHARE gives this
  // thread a table of its own first, so the rest of the JVM keeps its descriptors as they are.
  private static void hideDescriptors() throws NativeException {
    try {
      ProcessCalls.syscall(
          ProcessCalls.SYS_CLOSE_RANGE,
          3,
          0xffff_ffffL,
          ProcessCalls.CLOSE_RANGE_UNSHARE | ProcessCalls.CLOSE_RANGE_CLOEXEC,
          0);
    } catch (LastErrorException e) {
      hideDescriptorsOneByOne();
    }
  }

  // Before Linux 5.11. The mark stays on the JVM's own descriptors, where it does no harm.
  private static void hideDescriptorsOneByOne() throws NativeException {
    String[] names = new File("/proc/self/fd").list();
    if (names == null) {
      throw Errno.failed("opendir(/proc/self/fd)", Errno.ENOENT);
    }
    for (String name : names) {
      int fd = Integer.parseInt(name);
      try {
        if (fd > 2) {
          ProcessCalls.fcntl(fd, ProcessCalls.F_SETFD, ProcessCalls.FD_CLOEXEC);
        }
      } catch (LastErrorException e) {
        // EBADF: closed since it was listed.
        continue;
      }
    }
  }

  /** Everything in native memory before the thread that spawns begins. */
  private static final class Prepared {

    private final SpawnRequest request;
    private final CStrings strings = new CStrings();
    private final Memory attributes = strings.allocate(OPAQUE_SIZE);
    private final Memory actions = strings.allocate(OPAQUE_SIZE);
    private final Pointer path;
    private final Pointer argv;
    private final Pointer envp;

    Prepared(SpawnRequest request, int output, Optional<Tether> tether) throws NativeException {
      this.request = request;
      List<String> arguments = new ArrayList<>();
      arguments.add(request.program().toString());
      arguments.addAll(request.arguments());
      path = strings.of(request.program().toString());
      argv = strings.array(arguments);
      envp =
          strings.array(
              request.environment().entrySet().stream()
                  .map(e -> e.getKey() + "=" + e.getValue())
                  .toList());
      setAttributes();
      check("posix_spawn_file_actions_init()", ProcessCalls.posix_spawn_file_actions_init(actions));
      if (tether.isPresent()) {
        addDuplicate(tether.get().input(), 0);
        addDuplicate(tether.get().given(), 3);
      } else {
        addEmptyInput();
      }
      for (int fd = 1; fd <= 2; fd++) {
        addDuplicate(output, fd);
      }
      addFolder(strings.of(request.folder().toString()));
    }

    // The JVM blocks SIGQUIT in its threads and a shell's nohup leaves SIGHUP ignored; both would
    // be
    // inherited, and Postgres is stopped by signals.
    private void setAttributes() throws NativeException {
      check("posix_spawnattr_init()", ProcessCalls.posix_spawnattr_init(attributes));
      int flags =
          ProcessCalls.POSIX_SPAWN_SETSID
              | ProcessCalls.POSIX_SPAWN_SETSIGMASK
              | ProcessCalls.POSIX_SPAWN_SETSIGDEF;
      check(
          "posix_spawnattr_setflags()",
          ProcessCalls.posix_spawnattr_setflags(attributes, (short) flags));
      Memory signals = strings.allocate(SIGSET_SIZE);
      check(
          "posix_spawnattr_setsigmask()",
          ProcessCalls.posix_spawnattr_setsigmask(attributes, signals));
      signals.setLong(0, ALL_SIGNALS);
      check(
          "posix_spawnattr_setsigdefault()",
          ProcessCalls.posix_spawnattr_setsigdefault(attributes, signals));
    }

    private void addEmptyInput() throws NativeException {
      check(
          "posix_spawn_file_actions_addopen(/dev/null)",
          ProcessCalls.posix_spawn_file_actions_addopen(
              actions, 0, strings.of("/dev/null"), FileCalls.O_RDONLY, 0));
    }

    private void addDuplicate(int fd, int childs) throws NativeException {
      check(
          "posix_spawn_file_actions_adddup2()",
          ProcessCalls.posix_spawn_file_actions_adddup2(actions, fd, childs));
    }

    // In glibc since 2.29 and in musl. Without it the child starts in this process's folder, which
    // matters to no program here: Postgres goes to its data folder by itself.
    private void addFolder(Pointer folder) throws NativeException {
      Function addChdir;
      try {
        addChdir =
            NativeLibrary.getInstance((String) null)
                .getFunction("posix_spawn_file_actions_addchdir_np");
      } catch (UnsatisfiedLinkError e) {
        return;
      }
      check(
          "posix_spawn_file_actions_addchdir_np()",
          addChdir.invokeInt(new Object[] {actions, folder}));
    }

    int spawn() throws NativeException {
      IntByReference pid = new IntByReference();
      check(
          "posix_spawn(" + request.program() + ")",
          ProcessCalls.posix_spawn(pid, path, actions, attributes, argv, envp));
      return pid.getValue();
    }

    void free() {
      ProcessCalls.posix_spawn_file_actions_destroy(actions);
      ProcessCalls.posix_spawnattr_destroy(attributes);
    }

    private static void check(String call, int errno) throws NativeException {
      if (errno != 0) {
        throw Errno.failed(call, errno);
      }
    }
  }
}
