package dev.bpg.testing;

import dev.bpg.Bpg;
import dev.bpg.DatabaseBuilder;
import dev.bpg.model.SourceServer;
import java.nio.file.Path;

/** What another JVM does that is killed while it imports. */
public final class ImportProgram {

  /** How it imports. */
  public enum Way {
    /** By a base backup of a server. */
    BACKUP("pg_basebackup"),
    /** From a server, by a dump. */
    SERVER("pg_dump"),
    /** From a dump. */
    DUMP("pg_restore");

    private final String program;

    Way(String program) {
      this.program = program;
    }

    /** The program that does it. */
    public String program() {
      return program;
    }
  }

  private ImportProgram() {}

  /** Creates a database {@code api}: {@code home cache way major source user password}. */
  public static void main(String[] arguments) {
    Path home = Path.of(arguments[0]);
    Path cache = Path.of(arguments[1]);
    try (Bpg bpg = Bpg.open(Library.config(home, TestStorage.COPY, cache).build())) {
      DatabaseBuilder wanted = bpg.newDatabase("api").version(Integer.parseInt(arguments[3]));
      switch (Way.valueOf(arguments[2])) {
        case BACKUP -> wanted.fromBackupOf(source(arguments));
        case SERVER -> wanted.fromServer(source(arguments));
        case DUMP -> wanted.fromDump(Path.of(arguments[4]));
        default -> throw new IllegalArgumentException(arguments[2]);
      }
      wanted.create();
    }
  }

  private static SourceServer source(String[] arguments) {
    return SourceServer.of(arguments[4]).withUser(arguments[5]).withPassword(arguments[6]);
  }
}
