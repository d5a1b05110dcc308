package dev.bpg.testing;

import dev.bpg.error.BusyException;
import dev.bpg.error.StartFailedException;
import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.server.StartRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A runtime for tests that need hundreds of servers: a server is a file, which outlives the process
 * that made it, and all of them listen on one socket of this process where everything is agreed to.
 */
public final class FileRuntime implements ServerRuntime {

  private static final int PORT = 5432;

  // One for all: it keeps nothing, and a thread for each instance would be a waste.
  private static final class Listening {
    static final AgreeableServer SERVER = new AgreeableServer();
  }

  private final Path folder;

  /** Servers below a folder. */
  public FileRuntime(Path folder) {
    this.folder = folder;
  }

  /** The ids of all servers that there is anything of. */
  public Set<String> names() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (NoSuchFileException e) {
      return Set.of();
    }
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public PostgresBuild choose(OptionalInt major, Optional<String> image) {
    return new PostgresBuild(17, "17.0", "none");
  }

  @Override
  public void initialise(BranchId id, Path dataFolder, PostgresBuild build)
      throws InterruptedException {
    throwIfInterrupted();
    io(
        () -> {
          Files.writeString(dataFolder.resolve("PG_VERSION"), "17\n");
          Files.writeString(dataFolder.resolve("postgresql.conf"), "");
          return id;
        });
  }

  @Override
  public void adopt(BranchId id, Path dataFolder, PostgresBuild build) {
    // A file has no owner that matters.
  }

  @Override
  public Endpoint start(StartRequest request) throws InterruptedException {
    throwIfInterrupted();
    if (!Files.exists(request.dataFolder().resolve("PG_VERSION"))) {
      throw new StartFailedException("start", request.id().value(), "no data", "give it some");
    }
    io(() -> Files.createDirectories(folder.resolve(request.id().value())));
    io(() -> Files.writeString(running(request.id()), request.dataFolder().toString()));
    return endpoint();
  }

  @Override
  public void stop(BranchId id, Path dataFolder, Shutdown how, Duration timeout)
      throws InterruptedException {
    throwIfInterrupted();
    io(() -> Files.deleteIfExists(running(id)));
  }

  @Override
  public ServerState state(BranchId id, Path dataFolder) {
    if (!Files.exists(dataFolder.resolve("PG_VERSION"))) {
      return new ServerState(Kind.BROKEN, "no data", Optional.empty());
    }
    return Files.exists(running(id))
        ? new ServerState(Kind.RUNNING, "it runs", Optional.of(endpoint()))
        : new ServerState(Kind.STOPPED, "it does not run", Optional.empty());
  }

  @Override
  public List<String> lastLogLines(BranchId id, int count) {
    return List.of();
  }

  @Override
  public List<BranchId> servers() {
    return io(this::names).stream().map(BranchId::new).toList();
  }

  @Override
  public void remove(BranchId id) {
    if (Files.exists(running(id))) {
      throw new BusyException("remove", id.value(), "it runs", "stop it first");
    }
    io(() -> Files.deleteIfExists(folder.resolve(id.value())));
  }

  private Path running(BranchId id) {
    return folder.resolve(id.value()).resolve("running");
  }

  private static Endpoint endpoint() {
    return new Endpoint("127.0.0.1", PORT, Optional.of(Listening.SERVER.socket()));
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private static <T> T io(Call<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
