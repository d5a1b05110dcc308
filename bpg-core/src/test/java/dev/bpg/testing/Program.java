package dev.bpg.testing;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.BpgException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;

/** What another JVM does: it opens the home, waits, works, says how it went, waits, and ends. */
public final class Program {

  static final String PREFIX = "> ";
  static final String READY = PREFIX + "ready";

  /** What can be done. */
  public enum Command {
    /** Creates the branch of a parent under a name: {@code parent name}. */
    CREATE,
    /** Creates a temporary branch and a temporary branch of that: {@code parent}. */
    TEMPORARY,
    /** Reads a branch's address and password: {@code name}. */
    FIND,
    /** Creates a temporary branch and ends without deleting it: {@code parent}. */
    EXIT
  }

  private Program() {}

  /** Runs a command: {@code home cache storage command arguments…}. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    TestStorage storage = TestStorage.valueOf(arguments[2]);
    Bpg bpg =
        Bpg.open(Library.config(Path.of(arguments[0]), storage, Path.of(arguments[1])).build());
    out.println(READY);
    if (in.readLine() == null) {
      return;
    }
    out.println(PREFIX + result(bpg, arguments));
    if (!arguments[3].equals(Command.EXIT.name())) {
      in.readLine();
    }
  }

  private static String result(Bpg bpg, String[] arguments) {
    try {
      return switch (Command.valueOf(arguments[3])) {
        case CREATE -> described(bpg.from(arguments[4]).named(arguments[5]).fast().create());
        case FIND -> described(bpg.getBranch(arguments[4]));
        case EXIT -> described(bpg.from(arguments[4]).fast().createTemporary());
        case TEMPORARY -> {
          TemporaryBranch parent = bpg.from(arguments[4]).fast().createTemporary();
          yield described(parent) + " " + described(parent.branch().fast().createTemporary());
        }
      };
    } catch (BpgException e) {
      return e.getClass().getSimpleName() + " " + e.getMessage().replace('\n', ' ');
    }
  }

  private static String described(Branch branch) {
    return branch.name() + " " + branch.getJdbcUrl() + " " + branch.getPassword();
  }
}
