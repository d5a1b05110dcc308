package dev.bpg.examples.quickstart;

import dev.bpg.Bpg;
import dev.bpg.Database;
import dev.bpg.DatabaseBuilder;
import dev.bpg.error.AlreadyExistsException;

/**
 * The tour's database, which goes when this is closed, even by an interrupted thread.
 *
 * @param database the database
 */
record OwnDatabase(Database database) implements AutoCloseable {

  private static final String NAME = "api";

  /** Creates it under a name that is free: what others made is left alone. */
  static OwnDatabase create(Bpg bpg, Content content, Terminal terminal) {
    String name = NAME;
    for (int attempt = 1; ; attempt++) {
      try {
        DatabaseBuilder builder = bpg.newDatabase(name);
        content.addTo(builder, terminal);
        return new OwnDatabase(builder.create());
      } catch (AlreadyExistsException e) {
        String next = NAME + "-quickstart" + (attempt == 1 ? "" : "-" + attempt);
        terminal.line("There is a database %s already, so this one is called %s.", name, next);
        name = next;
      }
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    database.delete();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
