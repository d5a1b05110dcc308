package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.ArchivePolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.plan.StartSettings;
import dev.bpg.model.BranchId;
import dev.bpg.model.ContainerSpec;
import dev.bpg.server.ContainerRuntime;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.server.StartRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts the server of a branch, as its record says. */
final class ServerStart {

  private static final String OPERATION = "start the server of";
  private static final int LOG_LINES = 20;

  private final Parts parts;

  ServerStart(Parts parts) {
    this.parts = parts;
  }

  /**
   * Starts it.
   *
   * @throws StartFailedException if it does not start; unlike the runtime's, it names the branch
   * @throws UnavailableException if it does not for want of space
   */
  Endpoint of(BranchRecord record, Path data) throws IOException, InterruptedException {
    return start(record, request(record, data));
  }

  /** What the container of its server is to be made of, for somebody else. */
  ContainerSpec container(BranchRecord record, Path data) throws IOException, InterruptedException {
    if (parts.runtime(record) instanceof ContainerRuntime runtime) {
      return runtime.container(request(record, data));
    }
    throw new RefusedException(
        "describe the container of",
        record.name().toString(),
        "it runs by " + record.runtime() + ", not in a container",
        "call start() on it");
  }

  /**
   * Waits for the server that somebody else started in a container.
   *
   * @throws StartFailedException if none runs; unlike the runtime's, it names the branch
   */
  Endpoint joining(BranchRecord record, Path data) throws IOException, InterruptedException {
    ServerState state = parts.runtime(record).state(record.id(), data);
    if (state.kind() != Kind.RUNNING && state.kind() != Kind.STARTING) {
      List<String> log = parts.runtime(record).lastLogLines(record.id(), LOG_LINES);
      throw new StartFailedException(
          "start the server of",
          record.name().toString(),
          "its container does not run: "
              + state.reason()
              + (log.isEmpty() ? "" : "; it wrote:\n" + String.join("\n", log)),
          log.isEmpty()
              ? "make the container by its specification, its name included, and start it"
              : "correct what its last line names");
    }
    return of(record, data);
  }

  private StartRequest request(BranchRecord record, Path data) throws IOException {
    Map<String, String> settings = settings(record);
    List<Path> folders = List.of();
    if (record.policy().archive().isPresent()) {
      ArchivePolicy archive = record.policy().archive().get();
      settings.putAll(parts.archives().archiveSettings(record.id(), data, archive));
      folders = List.of(parts.archives().folder(record.id()));
    }
    return request(record, data, settings, folders, parts.timeouts().start());
  }

  /**
   * Starts it for a recovery from archives.
   *
   * @param archives whose archives
   * @param target the settings that say where it ends
   * @param timeout how long it may take
   * @throws StartFailedException if it does not start
   * @throws UnavailableException if it does not for want of space
   */
  Endpoint recovering(
      BranchRecord record,
      Path data,
      List<BranchId> archives,
      Map<String, String> target,
      Duration timeout)
      throws IOException, InterruptedException {
    Map<String, String> settings = settings(record);
    settings.putAll(parts.archives().restoreSettings(archives));
    settings.putAll(target);
    // How it ended is read from its log. An imported cluster may speak another language.
    settings.put("lc_messages", "C");
    List<Path> folders = archives.stream().map(parts.archives()::folder).toList();
    return start(record, request(record, data, settings, folders, timeout));
  }

  private static Map<String, String> settings(BranchRecord record) {
    return new LinkedHashMap<>(StartSettings.of(record.settings(), record.temporary()));
  }

  private StartRequest request(
      BranchRecord record,
      Path data,
      Map<String, String> settings,
      List<Path> folders,
      Duration timeout)
      throws IOException {
    List<Path> reached = new ArrayList<>(folders);
    new ServerTls(parts).prepare(record, data, settings).ifPresent(reached::add);
    return new StartRequest(
        record.id(),
        data,
        record.build(),
        settings,
        record.port(),
        record.temporary(),
        reached,
        timeout);
  }

  private Endpoint start(BranchRecord record, StartRequest request)
      throws IOException, InterruptedException {
    try {
      return parts.runtime(record).start(request);
    } catch (StartFailedException e) {
      String name = record.name().toString();
      throw FullDisk.of(request.dataFolder(), OPERATION, name, e)
          .<BpgException>map(full -> full)
          .orElseGet(() -> new StartFailedException(OPERATION, name, e.reason(), e.hint(), e));
    }
  }
}
