package dev.bpg.internal.server.process;

import dev.bpg.error.StartFailedException;
import dev.bpg.internal.platform.ChildProcess;
import dev.bpg.internal.platform.FolderWatch;
import dev.bpg.internal.platform.SpawnRequest;
import dev.bpg.internal.platform.Spawner;
import dev.bpg.internal.server.Ports;
import dev.bpg.internal.server.ServerPlaces;
import dev.bpg.internal.server.ServerSettings;
import dev.bpg.server.Endpoint;
import dev.bpg.server.StartRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One start of a server, with as many attempts as it takes to get a port. */
final class ServerStart {

  private static final int ATTEMPTS = 10;
  private static final int LOG_LINES = 20;

  private final StartRequest request;
  private final Installation installation;
  private final ServerFiles files;
  private final ServerAccount account;
  private final Path sockets;
  private final LogFile log;
  private final long deadline;

  ServerStart(
      StartRequest request,
      Installation installation,
      ServerFiles files,
      ServerAccount account,
      Path sockets) {
    this.request = request;
    this.installation = installation;
    this.files = files;
    this.account = account;
    this.sockets = sockets;
    this.log = files.log(request.id());
    this.deadline = System.nanoTime() + request.timeout().toNanos();
  }

  /** Starts the server; when this throws, nothing of it runs. */
  Endpoint run() throws IOException, InterruptedException {
    log.rotate();
    OptionalInt preferred = request.preferredPort();
    for (int attempt = 1; ; attempt++) {
      int port = Ports.choose(preferred);
      long logStart = log.size();
      Optional<Endpoint> endpoint = attempt(port);
      if (endpoint.isPresent()) {
        return endpoint.get();
      }
      if (System.nanoTime() - deadline >= 0) {
        throw failed(
            "it did not take connections within " + request.timeout().toMillis() + " ms",
            logStart,
            "start it with a longer time-out");
      }
      if (attempt == ATTEMPTS || !lostPort(port, logStart)) {
        throw failed(
            "Postgres ended", logStart, "correct what its last line names, then start it again");
      }
      preferred = OptionalInt.empty();
    }
  }

  private Optional<Endpoint> attempt(int port) throws IOException, InterruptedException {
    SpawnRequest spawn =
        new SpawnRequest(
            installation.postgres(),
            ServerSettings.arguments(request.settings(), places(), Postmaster.HOST, port),
            Environment.ofServers(),
            request.dataFolder(),
            log.path(),
            account.toDrop());
    try (FolderWatch watch = FolderWatch.open(request.dataFolder());
        ChildProcess child = Spawner.spawn(spawn)) {
      Postmaster postmaster = new Postmaster(child.process(), request.dataFolder());
      Optional<Endpoint> endpoint = Optional.empty();
      try {
        endpoint = postmaster.awaitReady(watch, deadline);
      } finally {
        if (endpoint.isEmpty()) {
          postmaster.end();
        }
      }
      return endpoint;
    }
  }

  private ServerPlaces places() {
    return new ServerPlaces(
        request.dataFolder().toString(),
        sockets.toString(),
        files.rules().toString(),
        files.identities().toString());
  }

  // Somebody may take the port between our look at it and Postgres' own.
  private boolean lostPort(int port, long logStart) throws IOException {
    String written = log.tail(logStart);
    return written.contains("Address already in use")
        || written.contains("could not create any TCP/IP sockets")
        || !Ports.isFree(port);
  }

  private StartFailedException failed(String reason, long logStart, String hint)
      throws IOException {
    List<String> lines = log.lastLines(logStart, LOG_LINES);
    return new StartFailedException(
        "start",
        "the server of branch " + request.id(),
        lines.isEmpty()
            ? reason + " without a word"
            : reason + "; it wrote:\n" + String.join("\n", lines),
        hint);
  }
}
