package dev.bpg.internal.client;

import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.RestoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** A dump put into a server by {@code pg_restore}. */
public final class DumpRestoration {

  private static final String OPERATION = "restore";
  private static final String BEGUN = "pg_restore: processing data for table ";

  private final Path dump;
  private final RestoreOptions options;
  private final Path work;
  private final String subject;

  /**
   * Prepares one.
   *
   * @param dump in any format but plain SQL
   * @param work a folder of this process's own
   * @param subject what errors call the dump
   */
  public DumpRestoration(Path dump, RestoreOptions options, Path work, String subject) {
    this.dump = dump.toAbsolutePath();
    this.options = options;
    this.work = work;
    this.subject = subject;
  }

  /**
   * A dump that a program can read.
   *
   * @param program the program
   * @param tables how many tables with rows it has
   */
  public record Readable(ClientProgram program, long tables) {}

  /**
   * Finds the first program that can read the dump.
   *
   * @throws UnavailableException if the dump is newer than all of them
   * @throws RefusedException if it is damaged
   */
  public Readable read(List<ClientProgram> programs) throws IOException, InterruptedException {
    String refusals = "";
    for (ClientProgram program : programs) {
      long[] tables = new long[1];
      ClientRun.Result list =
          new ClientRun(program, work)
              .run(
                  List.of("--list", dump.toString()),
                  Map.of(),
                  line -> tables[0] += line.contains(" TABLE DATA ") ? 1 : 0);
      if (list.status() == 0) {
        return new Readable(program, tables[0]);
      }
      if (!list.output().contains("unsupported version")) {
        throw new RefusedException(
            OPERATION,
            subject,
            program + " cannot read it:\n" + list.output(),
            "make the dump again");
      }
      refusals = program + " is older than the dump: " + list.output();
    }
    throw new UnavailableException(
        OPERATION,
        subject,
        refusals,
        "install the client programs of the Postgres that the dump was made with, or a newer one");
  }

  /**
   * Restores it; stops at the first error, with a part of it restored.
   *
   * @param connection the server, as libpq's variables
   * @param begun told how many tables' rows have been begun
   * @throws RefusedException if the program fails; what it wrote is in the reason
   */
  public void run(Readable readable, Map<String, String> connection, LongConsumer begun)
      throws IOException, InterruptedException {
    long[] tables = new long[1];
    ClientRun.Result result =
        new ClientRun(readable.program(), work)
            .run(
                arguments(),
                connection,
                line -> {
                  if (line.startsWith(BEGUN)) {
                    begun.accept(++tables[0]);
                  }
                });
    if (result.status() != 0) {
      throw new RefusedException(
          OPERATION,
          subject,
          readable.program() + " ended with " + result.status() + " and wrote:\n" + result.output(),
          hint(result.output()));
    }
  }

  private List<String> arguments() throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--exit-on-error", "--verbose", "--no-password"));
    // A bare name with an equals sign in it would be taken for more than a name.
    arguments.add(
        "--dbname=dbname='" + options.database().replace("\\", "\\\\").replace("'", "\\'") + "'");
    if (DumpFormat.of(dump) != DumpFormat.TAR) {
      arguments.add("--jobs=" + options.jobs());
    }
    if (!options.owners()) {
      arguments.addAll(List.of("--no-owner", "--no-privileges"));
    }
    arguments.add(dump.toString());
    return arguments;
  }

  private static String hint(String output) {
    if (output.matches("(?s).*role \"[^\n]*\" does not exist.*")) {
      return "make the role with initialSql before, or restore withoutOwners()";
    }
    if (output.contains("extension control file") || output.contains("is not available")) {
      return "use binaries or an image of Postgres that have the extension";
    }
    if (output.contains("unrecognized configuration parameter")) {
      return "install the client programs of the version that the database has";
    }
    return "correct what the first error names, and create the database again";
  }
}
