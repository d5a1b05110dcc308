package dev.bpg.internal.server.process;

import dev.bpg.error.BusyException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.platform.FolderWatch;
import dev.bpg.internal.server.DataFolder;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.server.IoFailures;
import dev.bpg.internal.server.PostmasterFile;
import dev.bpg.internal.server.ServerSettings;
import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime;
import dev.bpg.server.ServerState;
import dev.bpg.server.StartRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The server runtime {@code process}: Postgres started directly on this machine. Servers outlive
 * the JVM; any other process of the same user finds and stops them. Safe for use by several threads
 * and processes, under the rule of {@link ServerRuntime}.
 *
 * <p>As root it runs servers as an unprivileged user, for Postgres refuses to run as root.
 */
public final class ProcessRuntime implements ServerRuntime {

  private static final int POSSIBLY_STRAY_MILLIS = 10_000;

  private final ServerAccount account;
  private final Binaries binaries;
  private final ServerFiles files;
  private final SocketFolders sockets;

  /**
   * Sets the runtime up; touches no file.
   *
   * @throws UnavailableException if this is not Linux on x86-64 or arm64, or there is no user to
   *     run servers as
   */
  public ProcessRuntime(ProcessOptions options) {
    Platform platform = Platform.current();
    account = ServerAccount.find(options.user());
    binaries = new Binaries(options, platform, account);
    files = new ServerFiles(options.home(), account);
    sockets = new SocketFolders(account);
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public PostgresBuild choose(OptionalInt major, Optional<String> image) {
    if (image.isPresent()) {
      throw new RefusedException(
          "use",
          "the image " + image.get(),
          "servers run as processes here",
          "set server.type to docker, or leave the image out");
    }
    return IoFailures.translateAll(
        "find", "Postgres binaries", () -> binaries.choose(major).build());
  }

  @Override
  public void initialise(BranchId id, Path dataFolder, PostgresBuild build)
      throws InterruptedException {
    Path folder = absolute(dataFolder);
    IoFailures.translate(
        "initialise",
        "the data folder " + folder,
        () -> {
          new InitDb(files, account).run(id, folder, binaries.of(build));
          return folder;
        });
  }

  @Override
  public void adopt(BranchId id, Path dataFolder, PostgresBuild build) throws InterruptedException {
    Path folder = absolute(dataFolder);
    IoFailures.translate(
        "take over",
        "the data folder " + folder,
        () -> {
          if (account.toDrop().isPresent()) {
            FolderTree.each(folder, account::own);
          }
          FileSystemSync.sync(folder);
          return folder;
        });
  }

  @Override
  public Endpoint start(StartRequest request) throws InterruptedException {
    ServerSettings.check(request.settings());
    StartRequest absolute = request.withDataFolder(absolute(request.dataFolder()));
    return IoFailures.translate("start", subject(request.id()), () -> startOrJoin(absolute));
  }

  private Endpoint startOrJoin(StartRequest request) throws IOException, InterruptedException {
    DataFolder.requireMajor(subject(request.id()), request.dataFolder(), request.build());
    Optional<Endpoint> running = join(request);
    if (running.isPresent()) {
      return running.get();
    }
    if (PostmasterFile.read(request.dataFolder()).isPresent()) {
      // Postgres does not start while a child of its killed predecessor holds the shared memory.
      Duration patience = Duration.ofMillis(POSSIBLY_STRAY_MILLIS);
      new ServerStop(request.id(), request.dataFolder(), patience).endStrays();
    }
    Installation installation = binaries.of(request.build());
    files.make(request.id());
    Path folder = sockets.make(request.id());
    try {
      return new ServerStart(request, installation, files, account, folder).run();
    } catch (StartFailedException | IOException e) {
      // Looked at only now: it takes as long as the start of the process itself.
      explainByAccess(
          e, List.of(request.dataFolder(), files.of(request.id()), folder, installation.bin()));
      throw e;
    }
  }

  private void explainByAccess(Exception failure, List<Path> needed) throws IOException {
    try {
      account.requireAccess(needed);
    } catch (UnavailableException e) {
      e.addSuppressed(failure);
      throw e;
    }
  }

  // One that runs already, or was left starting by a process that died.
  private static Optional<Endpoint> join(StartRequest request)
      throws IOException, InterruptedException {
    Optional<Postmaster> found = Postmaster.find(request.dataFolder());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    long deadline = System.nanoTime() + request.timeout().toNanos();
    try (Postmaster postmaster = found.get();
        FolderWatch watch = FolderWatch.open(request.dataFolder())) {
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

  @Override
  public void stop(BranchId id, Path dataFolder, Shutdown how, Duration timeout)
      throws InterruptedException {
    IoFailures.translate(
        "stop",
        subject(id),
        () -> {
          new ServerStop(id, absolute(dataFolder), timeout).run(how);
          return id;
        });
  }

  @Override
  public ServerState state(BranchId id, Path dataFolder) {
    return IoFailures.translateAll(
        "read the state of", subject(id), () -> ServerStates.of(absolute(dataFolder)));
  }

  @Override
  public List<String> lastLogLines(BranchId id, int count) {
    return IoFailures.translateAll(
        "read the log of", subject(id), () -> files.log(id).lastLines(0, count));
  }

  @Override
  public List<BranchId> servers() {
    return IoFailures.translateAll("list", "the servers of this home", files::all);
  }

  @Override
  public void remove(BranchId id) {
    IoFailures.translateAll(
        "remove",
        subject(id),
        () -> {
          Optional<Integer> pid = sockets.user(id);
          if (pid.isPresent()) {
            throw new BusyException(
                "remove", subject(id), "it runs (pid " + pid.get() + ")", "stop it first");
          }
          sockets.remove(id);
          files.remove(id);
          return id;
        });
  }

  private static String subject(BranchId id) {
    return "the server of branch " + id;
  }

  private static Path absolute(Path dataFolder) {
    return dataFolder.toAbsolutePath().normalize();
  }
}
