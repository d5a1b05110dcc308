package dev.bpg;

import dev.bpg.error.BpgException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.engine.DatabaseRequest;
import dev.bpg.model.BranchName;
import java.sql.SQLException;

/** A user's preparation as a step of the engine's request. */
final class PreparationStep {

  private PreparationStep() {}

  static DatabaseRequest.Step of(BranchName name, DatabasePreparation preparation) {
    return server -> {
      try {
        preparation.prepare(server.dataSource());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException(
            "prepare database",
            name.database(),
            "the thread was interrupted",
            "create it again if it is still wanted",
            e);
      } catch (SQLException | BpgException e) {
        throw e;
      } catch (Exception e) {
        throw new RefusedException(
            "prepare database",
            name.database(),
            "its preparation failed: " + e,
            "correct " + preparation.getClass().getName() + " and create the database again",
            e);
      }
    };
  }
}
