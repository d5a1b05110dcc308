package dev.bpg;

import dev.bpg.error.CancelledException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.engine.DatabaseRequest;
import dev.bpg.internal.postgres.SqlScript;
import dev.bpg.model.BranchName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Turns what a user gives a new database into steps of the engine's request. */
final class PreparationStep {

  private PreparationStep() {}

  // The creation is made durable as a whole at its end, and undone if the machine crashes before,
  // so
  // no statement of a script waits for the disk.
  static DatabaseRequest.Step script(SqlScript script) {
    return dataSource -> {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("SET synchronous_commit = off");
        script.run(connection);
      }
    };
  }

  static DatabaseRequest.Step code(BranchName name, DatabasePreparation preparation) {
    return dataSource -> {
      try {
        preparation.prepare(dataSource);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException(
            "prepare database",
            name.database(),
            "the thread was interrupted",
            "create it again if it is still wanted",
            e);
      } catch (SQLException e) {
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
