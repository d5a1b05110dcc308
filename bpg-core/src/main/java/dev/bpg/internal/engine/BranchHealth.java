package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.plan.StartSettings;
import dev.bpg.internal.postgres.StartedOptions;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.BranchStatus.Health;
import dev.bpg.model.BranchStatus.State;
import dev.bpg.server.ServerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at branches: never waits, opens no connection, changes nothing. */
final class BranchHealth {

  private static final List<String> ALWAYS = List.of("fsync", "full_page_writes");

  private final Parts parts;

  BranchHealth(Parts parts) {
    this.parts = parts;
  }

  /** The state of a branch by its record as it is now, or by the one given if that is gone. */
  BranchStatus of(BranchRecord known) throws IOException {
    BranchRecord record =
        parts.catalog().find(known.name()).filter(found -> found.isOrWas(known.id())).orElse(known);
    Optional<Path> data = parts.storage(record).dataFolder(record.id());
    if (data.isEmpty()) {
      return new BranchStatus(State.BROKEN, Health.VOLUME_MISSING, "volume missing");
    }
    ServerState state = parts.runtime(record).state(record.id(), data.get());
    BranchStatus plain = new BranchStatus(State.valueOf(state.kind().name()), state.reason());
    if (state.missing().isPresent()) {
      Health missing =
          switch (state.missing().get()) {
            case SERVER -> Health.SERVER_MISSING;
            case PORT -> Health.PORT_MISSING;
          };
      return new BranchStatus(plain.state(), missing, plain.reason());
    }
    if (record.policy().archive().isPresent()
        && !Files.isDirectory(parts.archives().folder(record.id()))) {
      return new BranchStatus(
          plain.state(), Health.ARCHIVE_MISSING, "archive missing: " + plain.reason());
    }
    List<String> drift = drift(record, state, data.get());
    return drift.isEmpty()
        ? plain
        : new BranchStatus(
            plain.state(), Health.DRIFT, "not as recorded: " + String.join(", ", drift));
  }

  // A command line outlives its server, so only that of a running one says something.
  private static List<String> drift(BranchRecord record, ServerState state, Path data)
      throws IOException {
    List<String> drift = new ArrayList<>();
    if (state.endpoint().isEmpty()) {
      return drift;
    }
    int port = state.endpoint().get().port();
    if (record.port().isPresent() && record.port().getAsInt() != port) {
      drift.add("the port is " + port + ", not " + record.port().getAsInt());
    }
    StartedOptions started = StartedOptions.of(data);
    wanted(record)
        .forEach(
            (name, value) -> {
              if (!started.have(name, value)) {
                drift.add("the server was started without " + name + " = " + value);
              }
            });
    return drift;
  }

  // What archiving and recovery add, or set otherwise, depends on more than the record.
  private static Map<String, String> wanted(BranchRecord record) {
    Map<String, String> wanted = new TreeMap<>(record.settings().values());
    Map<String, String> all = StartSettings.of(record.settings(), record.temporary());
    ALWAYS.forEach(name -> wanted.put(name, all.get(name)));
    return wanted;
  }
}
