package dev.bpg.testing;

import dev.bpg.Bpg;
import dev.bpg.Template;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.BpgException;
import dev.bpg.model.PoolLimits;

/**
 * A program that has the shared bpg opened ahead, says {@code begun}, and when it may go on, uses
 * it: it takes a branch of a template and says {@code branch} and its id, or {@code refused} and
 * why.
 */
public final class SharedProgram {

  private static final PoolLimits LIMITS = PoolLimits.defaults().withReserve(0);

  private SharedProgram() {}

  /** Takes the home, the cache, and the home that it uses in the end. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("bpg.home", arguments[0]);
    System.setProperty("bpg.storage.type", "copy");
    System.setProperty("bpg.process.cache", arguments[1]);
    Bpg.openAhead(LIMITS);
    System.out.println("begun");
    if (System.in.read() >= 0) {
      return;
    }
    System.setProperty("bpg.home", arguments[2]);
    try {
      System.out.println("branch " + use(Bpg.shared()));
      Bpg.shared().close();
    } catch (BpgException e) {
      System.out.println("refused " + e.getMessage().replace('\n', ' '));
    }
  }

  private static String use(Bpg bpg) throws Exception {
    Template template =
        bpg.newDatabase("items").initialSql("CREATE TABLE items AS SELECT 7 AS id").template("v1");
    try (TemporaryBranch branch = bpg.pool(template.branch(), LIMITS).take()) {
      return branch.id() + " " + Sql.query(branch, "SELECT id FROM items");
    }
  }
}
