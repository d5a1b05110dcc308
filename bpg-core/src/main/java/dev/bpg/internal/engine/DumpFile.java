package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.client.ClientPrograms;
import dev.bpg.internal.client.DumpFormat;
import dev.bpg.internal.client.DumpRestoration;
import dev.bpg.internal.postgres.SqlScript;
import dev.bpg.model.ImportProgress.Phase;
import dev.bpg.model.RestoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dump of {@code pg_dump}, of any format, that a new database is filled with.
 *
 * @param path the file or folder
 * @param options how it is restored
 */
public record DumpFile(Path path, RestoreOptions options) implements DatabaseRequest.Step {

  private static final Logger LOG = LoggerFactory.getLogger(DumpFile.class);
  private static final String OPERATION = "restore";

  @Override
  public void check() throws IOException, InterruptedException {
    if (DumpFormat.of(path) != DumpFormat.PLAIN) {
      ClientPrograms.ofSystem().find("pg_restore", 0, OPERATION, path.toString());
    } else if (!options.owners()) {
      throw new RefusedException(
          OPERATION,
          path.toString(),
          "it is plain SQL, which says itself who owns what",
          "make the dump with pg_dump --no-owner --no-privileges, or in the custom format");
    }
  }

  @Override
  public void run(NewServer server) throws IOException, SQLException, InterruptedException {
    LOG.info("restoring {} into {}", path, server.name());
    TargetDatabase target = TargetDatabase.make(server, options.database());
    if (DumpFormat.of(path) == DumpFormat.PLAIN) {
      ProgressMeter meter =
          new ProgressMeter(server.progress(), Phase.SCRIPT, OptionalLong.of(Files.size(path)));
      SqlScript.ofFile(path, meter::add).runForNewDatabase(target.dataSource());
      meter.finish();
    } else {
      try (WorkFolder work = WorkFolder.beside(server.data())) {
        restore(server, target, work, path, options, path.toString());
      }
    }
    LOG.info("restored {} into {}", path, server.name());
  }

  /** Restores a dump that is not plain. */
  static void restore(
      NewServer server,
      TargetDatabase target,
      WorkFolder work,
      Path dump,
      RestoreOptions options,
      String subject)
      throws IOException, InterruptedException {
    DumpRestoration restoration = new DumpRestoration(dump, options, work.path(), subject);
    DumpRestoration.Readable readable =
        restoration.read(
            ClientPrograms.ofSystem()
                .find("pg_restore", server.build().major(), OPERATION, subject));
    ProgressMeter meter =
        new ProgressMeter(server.progress(), Phase.RESTORE, OptionalLong.of(readable.tables()));
    restoration.run(readable, target.variables(), meter::reach);
    meter.finish();
  }
}
