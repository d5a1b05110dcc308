package dev.bpg.internal;

import dev.bpg.config.BpgConfig;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.engine.Runtimes;
import dev.bpg.internal.server.process.ProcessOptions;
import dev.bpg.internal.server.process.ProcessRuntime;
import dev.bpg.server.ServerRuntime;

/** The server runtimes. There is one so far, so nothing has to be picked. */
final class ConfiguredRuntimes implements Runtimes {

  private final ServerRuntime process;

  ConfiguredRuntimes(BpgConfig config) {
    this.process =
        new ProcessRuntime(
            ProcessOptions.of(
                config.home(),
                config.processCache(),
                config.processBinaries(),
                config.processUser()));
  }

  @Override
  public ServerRuntime preferred() {
    return process;
  }

  @Override
  public ServerRuntime named(String name) {
    if (!name.equals(process.name())) {
      throw new UnavailableException(
          "use the server runtime",
          name,
          "this bpg has no runtime of that name",
          "use the bpg that made the branch");
    }
    return process;
  }
}
