package dev.bpg.internal.platform.zfs;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A thread that is another user, as are those that it starts; Linux keeps users per thread. */
public final class OtherUser {

  private static final boolean ARM64 = "aarch64".equals(System.getProperty("os.arch"));
  private static final int SYS_SETRESGID = ARM64 ? 149 : 119;
  private static final int SYS_SETRESUID = ARM64 ? 147 : 117;
  private static final int NOBODY = 65534;

  static {
    Native.register(OtherUser.class, (String) null);
  }

  private OtherUser() {}

  static native long syscall(long number, long a, long b, long c) throws LastErrorException;

  /** Runs a body as nobody; to be called by root. */
  public static <T> T call(Callable<T> body) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              syscall(SYS_SETRESGID, NOBODY, NOBODY, NOBODY);
              syscall(SYS_SETRESUID, NOBODY, NOBODY, NOBODY);
              return body.call();
            });
    Thread thread = new Thread(task);
    thread.start();
    thread.join();
    return task.get();
  }
}
