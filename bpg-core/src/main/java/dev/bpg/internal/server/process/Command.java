package dev.bpg.internal.server.process;

import dev.bpg.internal.platform.ChildProcess;
import dev.bpg.internal.platform.RunningProcess.Signal;
import dev.bpg.internal.platform.SpawnRequest;
import dev.bpg.internal.platform.Spawner;
import dev.bpg.internal.platform.SystemUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * A program that is run to its end.
 *
 * @param program the executable file
 * @param arguments its arguments
 * @param folder the working folder
 * @param user the user to change to; empty for our own
 */
record Command(Path program, List<String> arguments, Path folder, Optional<SystemUser> user) {

  private static final Duration UNTIL_KILLED = Duration.ofSeconds(5);

  /**
   * How a program ended.
   *
   * @param status its exit code; 0 is success
   * @param output what it wrote to standard output and error
   */
  record Result(int status, String output) {}

  /**
   * Runs the program; an interrupt ends it. The output passes through the file, which is deleted.
   */
  Result run(Path outputFile) throws IOException, InterruptedException {
    Files.deleteIfExists(outputFile);
    SpawnRequest request =
        new SpawnRequest(program, arguments, Environment.ofServers(), folder, outputFile, user);
    try (ChildProcess child = Spawner.spawn(request)) {
      int status = await(child);
      return new Result(status, Files.readString(outputFile));
    } finally {
      Files.deleteIfExists(outputFile);
    }
  }

  private static int await(ChildProcess child) throws IOException, InterruptedException {
    try {
      return child.exitStatus().get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      child.process().signal(Signal.TERM);
      if (!Uninterruptibly.awaitExit(child.process(), UNTIL_KILLED)) {
        child.process().signal(Signal.KILL);
        Uninterruptibly.awaitExit(child.process(), UNTIL_KILLED);
      }
      throw e;
    }
  }
}
