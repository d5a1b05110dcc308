package dev.bpg.internal.client;

import dev.bpg.error.BpgException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.SourceServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** A dump taken of a running server by {@code pg_dump}. */
public final class ServerDump {

  private static final String PROGRAM = "pg_dump";
  private static final String BEGUN = PROGRAM + ": dumping contents of table ";

  private final SourceServer source;
  private final ClientProgram program;

  private ServerDump(SourceServer source, ClientProgram program) {
    this.source = source;
    this.program = program;
  }

  /**
   * Finds the program for it: of the preferred major version, or else the newest.
   *
   * @param major the server's major version; nothing older dumps it
   * @throws UnavailableException if there is none, or only older ones
   */
  public static ServerDump of(SourceServer source, int major, int preferred, String operation)
      throws IOException, InterruptedException {
    List<ClientProgram> found =
        ClientPrograms.ofSystem().find(PROGRAM, preferred, operation, source.toString());
    return new ServerDump(source, atLeast(major, found, operation, source));
  }

  static String names(List<ClientProgram> programs) {
    return programs.stream().map(ClientProgram::toString).collect(Collectors.joining(", "));
  }

  static ClientProgram atLeast(
      int major, List<ClientProgram> found, String operation, SourceServer source) {
    return found.stream()
        .filter(program -> program.major() >= major)
        .findFirst()
        .orElseThrow(
            () ->
                new UnavailableException(
                    operation,
                    source.toString(),
                    "it runs Postgres " + major + ", and what is here is only " + names(found),
                    "install the client programs of Postgres " + major + " or newer"));
  }

  /**
   * Takes it.
   *
   * @param target the folder to make
   * @param jobs how many tables are read at once, each over a connection of its own
   * @param work a folder of this process's own
   * @param begun told how many tables' rows have been begun
   * @throws UnavailableException if the program fails; what it wrote is in the reason
   * @throws RefusedException if it may not read something
   */
  public void run(Path target, int jobs, Path work, LongConsumer begun)
      throws IOException, InterruptedException {
    long[] tables = new long[1];
    ClientRun.Result result =
        new ClientRun(program, work)
            .run(
                List.of(
                    "--format=directory",
                    "--jobs=" + jobs,
                    "--verbose",
                    "--no-password",
                    "--file=" + target),
                SourceVariables.of(source),
                line -> {
                  if (line.startsWith(BEGUN)) {
                    begun.accept(++tables[0]);
                  }
                });
    if (result.status() != 0) {
      throw failure("dump", source, program, result);
    }
  }

  static BpgException failure(
      String operation, SourceServer source, ClientProgram program, ClientRun.Result result) {
    String reason = program + " ended with " + result.status() + " and wrote:\n" + result.output();
    if (result.output().contains("permission denied")) {
      return new RefusedException(
          operation,
          source.toString(),
          reason,
          "ask as a user who may read everything, such as a member of pg_read_all_data");
    }
    if (result.output().contains("pg_hba.conf")) {
      return new RefusedException(
          operation,
          source.toString(),
          reason,
          "allow this user in its pg_hba.conf, for a base backup in the database replication");
    }
    return new UnavailableException(
        operation,
        source.toString(),
        reason,
        "see that the server runs and takes connections, and create the database again");
  }
}
