package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.postgres.DefaultConfiguration;
import dev.bpg.internal.postgres.LocalConnection;
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
import javax.sql.DataSource;

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
        endpoint -> prepare(request, endpoint));
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

  private static void prepare(DatabaseRequest request, Endpoint endpoint) throws IOException {
    if (request.steps().isEmpty()) {
      return;
    }
    DataSource dataSource = LocalConnection.dataSource(endpoint, "postgres");
    try {
      for (DatabaseRequest.Step step : request.steps()) {
        step.run(dataSource);
      }
      // Steps may have run without waiting for the disk.
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT");
      }
    } catch (SQLException e) {
      throw refused(request, e);
    }
  }

  private static RefusedException refused(DatabaseRequest request, SQLException e) {
    return new RefusedException(
        "prepare database",
        request.name().database(),
        String.valueOf(e.getMessage()),
        "correct what prepares it and create the database again",
        e);
  }
}
