package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.internal.catalog.BranchPolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.Incarnations;
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
    return create(request, Optional.empty());
  }

  /**
   * Makes one to take a main branch's place.
   *
   * @param parent that branch, with which it goes until then
   */
  BranchRecord create(DatabaseRequest request, Optional<BranchRecord.Parent> parent)
      throws IOException, InterruptedException {
    Storage storage = parts.storages().preferred();
    VolumeTuning.check(storage, request.limits(), request.name().toString());
    ServerRuntime runtime = parts.runtimes().preferred();
    for (DatabaseRequest.Step step : request.steps()) {
      step.check();
    }
    if (request.firstData().isPresent()) {
      FirstData.Examined source = request.firstData().get().examine();
      return take(request, parent, storage, runtime, new ImportedCluster(parts, source));
    }
    PostgresBuild build = runtime.choose(request.version(), request.image());
    BranchRecord wanted = record(request, parent, storage, runtime, build, CloneMethod.INITDB);
    return newBranch.create(
        wanted,
        record -> {
          Path data = volume(request, storage, record);
          initialise(runtime, record.id(), data, build);
          DefaultConfiguration.appendTo(data);
          return record;
        },
        endpoint -> prepare(request, wanted, endpoint));
  }

  private static void initialise(ServerRuntime runtime, BranchId id, Path data, PostgresBuild build)
      throws InterruptedException {
    try {
      runtime.initialise(id, data, build);
    } catch (StartFailedException e) {
      throw FullDisk.of(data, e.operation(), e.subject(), e)
          .<BpgException>map(full -> full)
          .orElse(e);
    }
  }

  private BranchRecord take(
      DatabaseRequest request,
      Optional<BranchRecord.Parent> parent,
      Storage storage,
      ServerRuntime runtime,
      ImportedCluster cluster)
      throws IOException, InterruptedException {
    PostgresBuild build = cluster.choose(runtime, request);
    BranchRecord wanted = record(request, parent, storage, runtime, build, CloneMethod.IMPORT);
    return newBranch.create(
        wanted,
        record -> {
          cluster.fill(record, volume(request, storage, record), request.progress());
          return record;
        },
        cluster::start,
        endpoint -> prepare(request, wanted, endpoint));
  }

  private static Path volume(DatabaseRequest request, Storage storage, BranchRecord record) {
    Path data = VolumeTuning.create(storage, record.id(), request.properties());
    VolumeTuning.limit(storage, record.id(), request.limits());
    return data;
  }

  private BranchRecord record(
      DatabaseRequest request,
      Optional<BranchRecord.Parent> parent,
      Storage storage,
      ServerRuntime runtime,
      PostgresBuild build,
      CloneMethod method) {
    Instant now = parts.clock().instant();
    return new BranchRecord(
        request.name(),
        BranchId.random(),
        parent,
        State.CREATING,
        NewBranch.UNDO,
        storage.name(),
        runtime.name(),
        build,
        request.settings(),
        new BranchOrigin(BranchMode.CONSISTENT, method, now),
        now,
        BranchPolicy.none().withAfterClone(request.afterClone()).withTemplate(request.template()),
        Incarnations.none(),
        Optional.empty(),
        OptionalInt.empty());
  }

  private void prepare(DatabaseRequest request, BranchRecord record, Endpoint endpoint)
      throws IOException, InterruptedException {
    if (request.steps().isEmpty()) {
      return;
    }
    DataSource dataSource = LocalConnection.dataSource(endpoint, "postgres");
    Path data = parts.storage(record).dataFolder(record.id()).orElseThrow();
    NewServer server =
        new NewServer(
            record.name(), record.build(), endpoint, data, dataSource, request.progress());
    try {
      for (DatabaseRequest.Step step : request.steps()) {
        step.run(server);
        // Not every step looks for an interrupt up to its end.
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
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
