package dev.bpg.examples.quickstart;

import dev.bpg.Bpg;
import dev.bpg.error.BpgException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Shows on real data what bpg does, and takes away all that it made: at its end, when something
 * fails, and on Ctrl-C. {@code mvn -q -Pquickstart} runs it, with {@code -Dsql=FILE} on a database
 * of one's own.
 */
public final class Quickstart {

  private Quickstart() {}

  /**
   * Runs it.
   *
   * @param args a file with SQL; by default the one that the system property {@code sql} names, or
   *     else a shop is made
   */
  public static void main(String[] args) {
    System.exit(run(args.length > 0 ? args[0] : System.getProperty("sql", "")));
  }

  private static int run(String sqlFile) {
    Terminal terminal = new Terminal(System.out);
    try (Interruption interruption = Interruption.ofThisThread();
        Bpg bpg = Bpg.open()) {
      Content content = sqlFile.isEmpty() ? new Shop() : new OwnSql(Path.of(sqlFile));
      new Tour(bpg, content, terminal).run();
      return 0;
    } catch (BpgException | SQLException e) {
      terminal.failure(String.valueOf(e.getMessage()));
      return 1;
    }
  }
}
