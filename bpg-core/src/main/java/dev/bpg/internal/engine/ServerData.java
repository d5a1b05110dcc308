package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.client.BaseBackup;
import dev.bpg.internal.postgres.ForeignConfiguration;
import dev.bpg.internal.postgres.SourceFacts;
import dev.bpg.model.ImportProgress;
import dev.bpg.model.ImportProgress.Phase;
import dev.bpg.model.SourceServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The whole cluster of a running server, of which a base backup is taken.
 *
 * @param source the server
 * @param keepsConfiguration whether the configuration in its data folder comes with it
 */
public record ServerData(SourceServer source, boolean keepsConfiguration) implements FirstData {

  @Override
  public Examined examine() throws IOException, InterruptedException {
    SourceFacts facts = SourceFacts.of(source, OPERATION);
    if (!facts.replicates()) {
      throw new RefusedException(
          OPERATION,
          source.toString(),
          "this user may not take a base backup",
          "run ALTER ROLE … REPLICATION there, and allow it replication in pg_hba.conf");
    }
    if (!facts.tablespaces().isEmpty()) {
      throw new RefusedException(
          OPERATION,
          source.toString(),
          "it has tablespaces, which lie outside of its data folder: "
              + String.join(", ", facts.tablespaces()),
          "copy its SQL databases with fromServer");
    }
    BaseBackup backup = BaseBackup.of(source, facts.major(), OPERATION);
    return new Found(source, facts.major(), keepsConfiguration, backup);
  }

  private record Found(
      SourceServer source, int major, boolean keepsConfiguration, BaseBackup backup)
      implements Examined {

    @Override
    public String subject() {
      return source.toString();
    }

    @Override
    public void fill(Path data, Storages storages, ProgressMeter.Listener progress)
        throws IOException, InterruptedException {
      // The program wants its folder empty, so what it says goes beside it.
      try (WorkFolder work = WorkFolder.beside(data)) {
        progress.on(new ImportProgress(Phase.BACKUP, 0, OptionalLong.empty()));
        backup.run(
            data,
            work.path(),
            (done, total) ->
                progress.on(
                    new ImportProgress(
                        Phase.BACKUP, done, OptionalLong.of(Math.max(done, total)))));
      }
      if (keepsConfiguration) {
        ForeignConfiguration.check(data);
      }
    }
  }
}
