package dev.bpg.internal.engine;

import dev.bpg.internal.client.ClientPrograms;
import dev.bpg.internal.client.ServerDump;
import dev.bpg.internal.postgres.SourceFacts;
import dev.bpg.model.ImportProgress.Phase;
import dev.bpg.model.RestoreOptions;
import dev.bpg.model.SourceServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SQL database of a running server that a new database is filled with: by a dump beside its
 * data folder, so that both ends may use several connections and neither waits for the other.
 *
 * @param source the server
 * @param options how the dump is restored
 */
public record ServerDumpStep(SourceServer source, RestoreOptions options)
    implements DatabaseRequest.Step {

  private static final Logger LOG = LoggerFactory.getLogger(ServerDumpStep.class);
  private static final String OPERATION = "dump";

  @Override
  public void check() throws IOException, InterruptedException {
    dump(0);
    ClientPrograms.ofSystem().find("pg_restore", 0, OPERATION, source.toString());
  }

  private ServerDump dump(int preferred) throws IOException, InterruptedException {
    int major = SourceFacts.of(source, OPERATION).major();
    return ServerDump.of(source, major, preferred, OPERATION);
  }

  @Override
  public void run(NewServer server) throws IOException, SQLException, InterruptedException {
    LOG.info("copying {} into {}", source, server.name());
    TargetDatabase target = TargetDatabase.make(server, options.database());
    try (WorkFolder work = WorkFolder.beside(server.data())) {
      Path dump = work.path().resolve("dump");
      ProgressMeter meter =
          new ProgressMeter(server.progress(), Phase.DUMP, OptionalLong.empty(), 1);
      dump(server.build().major()).run(dump, options.jobs(), work.path(), meter::reach);
      meter.finish();
      DumpFile.restore(server, target, work, dump, options, source.toString());
    }
    LOG.info("copied {} into {}", source, server.name());
  }
}
