package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.postgres.DefaultConfiguration;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.postgres.SqlScript;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a database: a volume, {@code initdb}, a server, the user's SQL. */
final class DatabaseCreation {

  private final Parts parts;
  private final NewBranch newBranch;

  DatabaseCreation(Parts parts, NewBranch newBranch) {
    this.parts = parts;
    this.newBranch = newBranch;
  }

  BranchRecord create(DatabaseRequest request) throws IOException, InterruptedException {
    Storage storage = parts.storages().preferred();
    ServerRuntime runtime = parts.runtimes().preferred();
    PostgresBuild build = runtime.choose(request.version());
    return newBranch.create(
        record(request, storage, runtime, build),
        record -> {
          Path data = storage.createVolume(record.id());
          runtime.initialise(record.id(), data, build);
          DefaultConfiguration.appendTo(data);
          return record;
        },
        endpoint -> runScripts(request, endpoint));
  }

  private BranchRecord record(
      DatabaseRequest request, Storage storage, ServerRuntime runtime, PostgresBuild build) {
    Instant now = parts.clock().instant();
    return new BranchRecord(
        request.name(),
        BranchId.random(),
        Optional.empty(),
        State.CREATING,
        NewBranch.UNDO,
        storage.name(),
        runtime.name(),
        build,
        request.settings(),
        new BranchOrigin(
            BranchMode.CONSISTENT, CloneMethod.INITDB, Optional.empty(), Optional.empty(), now),
        now,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  // Durable as a whole at the end: until then a crash would undo the database anyway, so no
  // statement waits for the disk.
  private static void runScripts(DatabaseRequest request, Endpoint endpoint) throws IOException {
    if (request.scripts().isEmpty()) {
      return;
    }
    for (SqlScript script : request.scripts()) {
      try (Connection connection = LocalConnection.open(endpoint, "postgres")) {
        execute(connection, "SET synchronous_commit = off");
        script.run(connection);
      } catch (SQLException e) {
        throw refused(request, e);
      }
    }
    try (Connection connection = LocalConnection.open(endpoint, "postgres")) {
      execute(connection, "CHECKPOINT");
    } catch (SQLException e) {
      throw refused(request, e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static RefusedException refused(DatabaseRequest request, SQLException e) {
    return new RefusedException(
        "run the initial SQL of",
        request.name().database(),
        String.valueOf(e.getMessage()),
        "correct the SQL and create the database again",
        e);
  }
}
