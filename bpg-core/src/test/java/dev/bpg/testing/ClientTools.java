package dev.bpg.testing;

import dev.bpg.Branch;
import dev.bpg.DatabaseBuilder;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.client.ClientProgram;
import dev.bpg.internal.client.ClientPrograms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Postgres' own client programs, which not every machine has. */
public final class ClientTools {

  private ClientTools() {}

  /** The newest of a name; aborts the test if there is none, or fails it where all has to run. */
  public static ClientProgram require(String name) throws IOException, InterruptedException {
    try {
      return ClientPrograms.ofSystem().find(name, 0, "test with", name).get(0);
    } catch (UnavailableException e) {
      String message = "needs the program " + name + ": install Postgres' client programs";
      if ("true".equals(System.getenv("BPG_REQUIRE"))) {
        Assertions.fail(message);
      }
      return Assumptions.abort(message);
    }
  }

  /** A database of a version that {@code pg_dump} can dump. */
  public static DatabaseBuilder dumpable(Library library, String name)
      throws IOException, InterruptedException {
    return ofMajor(
        library, name, Math.min(require("pg_dump").major(), library.shop().build().major()));
  }

  /** A database of a major version, in Docker of its image. */
  public static DatabaseBuilder ofMajor(Library library, String name, int major) {
    DatabaseBuilder builder = library.bpg().newDatabase(name).version(major);
    return library.storage().isInDocker() ? builder.image(RealDocker.image(major)) : builder;
  }

  /** Runs {@code pg_dump} on a branch. */
  public static void dump(Branch branch, String... arguments)
      throws IOException, InterruptedException {
    run(branch, "pg_dump", arguments);
  }

  /** Runs a program on a branch and fails if the program does. */
  public static void run(Branch branch, String name, String... arguments)
      throws IOException, InterruptedException {
    await(start(branch, name, arguments));
  }

  /** Starts a program on a branch. */
  public static Process start(Branch branch, String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(require(name).path().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("PGHOST", branch.getHost());
    process.environment().put("PGPORT", String.valueOf(branch.getPort()));
    process.environment().put("PGUSER", branch.getUsername());
    process.environment().put("PGPASSWORD", branch.getPassword());
    process.environment().put("PGDATABASE", "postgres");
    return process.start();
  }

  /** Waits for the end of a program and fails if it does. */
  public static void await(Process running) throws IOException, InterruptedException {
    String output = new String(running.getInputStream().readAllBytes());
    Assertions.assertEquals(0, running.waitFor(), output);
  }
}
