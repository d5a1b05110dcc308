package dev.bpg.internal.engine;

import dev.bpg.error.StartFailedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.plan.StartSettings;
import dev.bpg.server.Endpoint;
import dev.bpg.server.StartRequest;
import java.nio.file.Path;

/** Starts the server of a branch, as its record says. */
final class ServerStart {

  private final Parts parts;

  ServerStart(Parts parts) {
    this.parts = parts;
  }

  /**
   * Starts it.
   *
   * @throws StartFailedException if it does not start; unlike the runtime's, it names the branch
   */
  Endpoint of(BranchRecord record, Path data) throws InterruptedException {
    StartRequest request =
        new StartRequest(
            record.id(),
            data,
            record.build(),
            StartSettings.of(record.settings(), record.temporary()),
            record.port(),
            parts.timeouts().start());
    try {
      return parts.runtime(record).start(request);
    } catch (StartFailedException e) {
      throw new StartFailedException(
          "start the server of", record.name().toString(), e.reason(), e.hint(), e);
    }
  }
}
