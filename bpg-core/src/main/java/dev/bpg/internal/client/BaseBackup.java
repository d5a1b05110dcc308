package dev.bpg.internal.client;

import dev.bpg.error.UnavailableException;
import dev.bpg.model.SourceServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All the data of a running server, taken over the replication protocol by its own program. */
public final class BaseBackup {

  private static final String PROGRAM = "pg_basebackup";
  private static final Pattern PROGRESS = Pattern.compile("^\\s*(\\d+)/(\\d+) kB.*");

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called about once in a second.
     *
     * @param done KiB that have come
     * @param total KiB that will, as far as the server knows
     */
    void on(long done, long total);
  }

  private final SourceServer source;
  private final ClientProgram program;

  private BaseBackup(SourceServer source, ClientProgram program) {
    this.source = source;
    this.program = program;
  }

  /**
   * Finds the program of the server's major version.
   *
   * @throws UnavailableException if there is none
   */
  public static BaseBackup of(SourceServer source, int major, String operation)
      throws IOException, InterruptedException {
    List<ClientProgram> found =
        ClientPrograms.ofSystem().find(PROGRAM, major, operation, source.toString());
    if (found.get(0).major() != major) {
      throw new UnavailableException(
          operation,
          source.toString(),
          "it runs Postgres " + major + ", and what is here is only " + ServerDump.names(found),
          "install the client programs of Postgres " + major + ", or copy it with fromServer");
    }
    return new BaseBackup(source, found.get(0));
  }

  /**
   * Takes it, with the WAL that it needs.
   *
   * @param data an empty folder
   * @param work a folder of this process's own
   * @throws UnavailableException if the program fails; what it wrote is in the reason
   */
  public void run(Path data, Path work, Listener listener)
      throws IOException, InterruptedException {
    ClientRun.Result result =
        new ClientRun(program, work)
            .run(
                List.of(
                    "--pgdata=" + data,
                    "--format=plain",
                    "--wal-method=stream",
                    "--checkpoint=fast",
                    "--no-manifest",
                    // All of it is synced at once, when it is complete.
                    "--no-sync",
                    "--no-password",
                    "--progress"),
                SourceVariables.of(source),
                line -> tell(line, listener));
    if (result.status() != 0) {
      throw ServerDump.failure("import", source, program, result);
    }
  }

  private static void tell(String line, Listener listener) {
    Matcher progress = PROGRESS.matcher(line);
    if (progress.matches()) {
      listener.on(Long.parseLong(progress.group(1)), Long.parseLong(progress.group(2)));
    }
  }
}
