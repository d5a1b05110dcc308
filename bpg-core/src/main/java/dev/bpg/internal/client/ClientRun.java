package dev.bpg.internal.client;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.ChildProcess;
import dev.bpg.internal.platform.FolderWatch;
import dev.bpg.internal.platform.ProcessGroup;
import dev.bpg.internal.platform.RunningProcess.Signal;
import dev.bpg.internal.platform.SpawnRequest;
import dev.bpg.internal.platform.Spawner;
import dev.bpg.internal.platform.Tether;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * One run of a client program, as this process's user: it ends with this process, even if that is
 * killed. What it writes passes through a file and is read as it comes.
 */
public final class ClientRun {

  private static final Duration UNTIL_KILLED = Duration.ofSeconds(10);
  private static final long NEVER = Long.MAX_VALUE / 2;

  // HOME has a user's own password file and certificates. No PG… variable of ours comes along.
  private static final Set<String> KEPT = Set.of("PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR");

  private final ClientProgram program;
  private final Path folder;

  /**
   * Prepares a run.
   *
   * @param folder a folder of this process's own, for the output
   */
  public ClientRun(ClientProgram program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  private interface Start {
    ChildProcess of(SpawnRequest request) throws IOException;
  }

  /**
   * How a program ended.
   *
   * @param status its exit code; 0 is success
   * @param output the last of what it wrote, without what it says in passing
   */
  public record Result(int status, String output) {}

  /**
   * Runs the program to its end; an interrupt, and what a listener throws, ends it.
   *
   * @param environment variables beside the few that every program gets; nobody but this user sees
   *     them, unlike the arguments
   * @param lines is told every line that it writes
   */
  public Result run(List<String> arguments, Map<String, String> environment, Consumer<String> lines)
      throws IOException, InterruptedException {
    try (Tether tether = Tether.open()) {
      return run(arguments, environment, lines, request -> Spawner.spawn(request, tether));
    }
  }

  /**
   * Asks the program for its version. That ends by itself, whatever becomes of this process.
   *
   * @throws NativeException if it cannot be executed
   */
  Result askVersion() throws IOException, InterruptedException {
    return run(List.of("--version"), Map.of(), line -> {}, Spawner::spawn);
  }

  private Result run(
      List<String> arguments, Map<String, String> environment, Consumer<String> lines, Start start)
      throws IOException, InterruptedException {
    Path file = folder.resolve(program.name() + ".log");
    Files.deleteIfExists(file);
    SpawnRequest request =
        new SpawnRequest(
            program.path(), arguments, whole(environment), folder, file, Optional.empty());
    OutputLines output = new OutputLines(program.name(), file, lines);
    try (output;
        FolderWatch watch = FolderWatch.open(folder);
        ChildProcess child = start.of(request)) {
      try {
        output.open();
        while (watch.await(child.process(), System.nanoTime() + NEVER) != FolderWatch.Wake.EXITED) {
          output.read();
        }
        int status = status(child);
        if (status != 0) {
          end(ProcessGroup.ledBy(child));
        }
        output.read();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        return new Result(status, output.last());
      } catch (Throwable first) {
        endAfter(first, ProcessGroup.ledBy(child));
        throw first;
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static int status(ChildProcess child) throws IOException, InterruptedException {
    try {
      return child.exitStatus().get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static Map<String, String> whole(Map<String, String> own) {
    Map<String, String> all = new HashMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (KEPT.contains(name)) {
                all.put(name, value);
              }
            });
    // Messages are looked at for what they mean.
    all.put("LC_ALL", "C");
    all.putAll(own);
    return all;
  }

  private static void endAfter(Throwable first, ProcessGroup group) {
    try {
      end(group);
    } catch (IOException | RuntimeException e) {
      first.addSuppressed(e);
    }
  }

  // Programs start others, which would go on with what they were to do. An interrupt must not keep
  // them from ending, and is kept for afterwards.
  private static void end(ProcessGroup group) throws IOException {
    boolean interrupted = Thread.interrupted();
    Signal signal = Signal.TERM;
    group.signal(signal);
    while (true) {
      try {
        if (group.awaitEnd(UNTIL_KILLED) || signal == Signal.KILL) {
          break;
        }
        signal = Signal.KILL;
        group.signal(signal);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
