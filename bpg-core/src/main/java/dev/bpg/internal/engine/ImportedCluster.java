package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.DataFolder;
import dev.bpg.internal.postgres.ForeignConfiguration;
import dev.bpg.internal.postgres.Superuser;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a cluster from elsewhere the data of a new database. */
final class ImportedCluster {

  private static final Logger LOG = LoggerFactory.getLogger(ImportedCluster.class);

  private final Parts parts;
  private final FirstData.Examined source;

  ImportedCluster(Parts parts, FirstData.Examined source) {
    this.parts = parts;
    this.source = source;
  }

  /**
   * The build to run it with.
   *
   * @throws RefusedException if another major version is wanted
   */
  PostgresBuild choose(ServerRuntime runtime, DatabaseRequest request) {
    int major = source.major();
    if (request.version().isPresent() && request.version().getAsInt() != major) {
      throw otherMajor(String.valueOf(request.version().getAsInt()));
    }
    PostgresBuild build = runtime.choose(OptionalInt.of(major), request.image());
    if (build.major() != major) {
      throw otherMajor(build.toString());
    }
    return build;
  }

  private RefusedException otherMajor(String wanted) {
    return new RefusedException(
        FirstData.OPERATION,
        source.subject(),
        "it belongs to Postgres " + source.major() + ", and " + wanted + " is wanted",
        "ask for version("
            + source.major()
            + "), or take a dump of it, which any newer version can restore");
  }

  /** Fills a record's empty data folder. */
  void fill(BranchRecord record, Path data, ProgressMeter.Listener progress)
      throws IOException, InterruptedException {
    LOG.info("importing {} into {}", source.subject(), record.name());
    source.fill(data, parts.storages(), progress);
    DataFolder.forgetParentsServer(data);
    ForeignConfiguration.adapt(data, source.major(), source.keepsConfiguration());
    parts.runtime(record).adopt(record.id(), data, record.build());
  }

  /** Starts the server on it, if bpg can get in. */
  Endpoint start(BranchRecord record, Path data) throws IOException, InterruptedException {
    Endpoint endpoint = new ServerStart(parts).of(record, data);
    Superuser.require(endpoint, source.subject());
    LOG.info("imported {} into {}", source.subject(), record.name());
    return endpoint;
  }
}
