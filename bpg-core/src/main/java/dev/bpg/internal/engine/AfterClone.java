package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.postgres.SqlScript;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneScript;
import dev.bpg.server.Endpoint;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Runs what a branch's clones have to go through before anybody gets to see them. Fails closed: a
 * branch on which a script failed is undone like any other that could not be made.
 */
final class AfterClone {

  private AfterClone() {}

  /**
   * Runs the scripts of a branch on a clone of it, in their order.
   *
   * @throws RefusedException if one fails; the reason names the line
   */
  static void run(BranchRecord source, Endpoint server) {
    for (CloneScript script : source.policy().afterClone()) {
      try (Connection connection = LocalConnection.open(server, script.database())) {
        SqlScript.ofText(script.name(), script.sql()).run(connection);
      } catch (CancelledException e) {
        throw e;
      } catch (BpgException e) {
        throw refused(
            source.name(), String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
      } catch (SQLException e) {
        throw refused(source.name(), script.name() + ": " + e.getMessage(), e);
      }
    }
  }

  private static RefusedException refused(BranchName source, String reason, Exception cause) {
    return new RefusedException(
        "branch",
        source.toString(),
        "what has to run on each branch of it failed: " + reason,
        "correct the script with runAfterClone(…) on " + source,
        cause);
  }
}
