package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.model.Container;
import dev.bpg.error.BpgException;
import dev.bpg.error.BusyException;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.server.DataFolder;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.server.IoFailures;
import dev.bpg.internal.server.ServerSettings;
import dev.bpg.model.BranchId;
import dev.bpg.model.ContainerSpec;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.ContainerRuntime;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime;
import dev.bpg.server.ServerState;
import dev.bpg.server.StartRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The server runtime {@code docker}: a container for each server, on a mount of its data folder.
 * Servers outlive the JVM; any other process of the same user finds and stops them. Safe for use by
 * several threads and processes, under the rule of {@link ServerRuntime}.
 *
 * <p>The daemon has to be of this machine, or share its file system at the same paths.
 */
public final class DockerRuntime implements ContainerRuntime {

  private final DockerOptions options;
  private final Daemon daemon = new Daemon();
  private final Containers containers;
  private final ContainerFolders folders;
  private final ContainerStates states;
  private final Images images;

  /** Sets the runtime up; touches no file and asks no daemon. */
  public DockerRuntime(DockerOptions options) {
    this.options = options;
    this.containers = new Containers(daemon, options.home());
    this.folders = new ContainerFolders(options.home());
    this.states = new ContainerStates(containers, folders);
    this.images = new Images(daemon, containers, options);
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public void requireDaemon() {
    translateAll("use", "Docker", () -> daemon.facts("use", "Docker"));
  }

  /** Whether a server of this home ever ran in a container. */
  public boolean wasUsed() {
    return Files.exists(folders.rules());
  }

  @Override
  public PostgresBuild choose(OptionalInt major, Optional<String> image) {
    return translateAll("find", "an image of Postgres", () -> images.choose(major, image).build());
  }

  @Override
  public void initialise(BranchId id, Path dataFolder, PostgresBuild build)
      throws InterruptedException {
    Path folder = absolute(dataFolder);
    String subject = "the data folder " + folder;
    translate(
        "initialise",
        subject,
        () -> {
          ImageFacts image = images.of(build);
          ContainerUser user = ContainerUser.of(daemon.facts("initialise", subject), image);
          new ContainerInit(daemon, containers, folders).run(id, folder, image, user);
          return folder;
        });
  }

  @Override
  public void adopt(BranchId id, Path dataFolder, PostgresBuild build) throws InterruptedException {
    Path folder = absolute(dataFolder);
    String subject = "the data folder " + folder;
    translate(
        "take over",
        subject,
        () -> {
          ContainerUser user =
              ContainerUser.of(daemon.facts("take over", subject), images.of(build));
          if (user.owner()) {
            FolderTree.each(folder, user::own);
          }
          FileSystemSync.sync(folder);
          return folder;
        });
  }

  @Override
  public Endpoint start(StartRequest request) throws InterruptedException {
    ServerSettings.check(request.settings());
    return translate(
        "start",
        subject(request.id()),
        () -> new ContainerStart(describe(request), daemon, containers, states, images).run());
  }

  @Override
  public ContainerSpec container(StartRequest request) throws InterruptedException {
    ServerSettings.check(request.settings());
    return translate(
        "describe",
        "the container of branch " + request.id(),
        () -> describe(request).spec(containers));
  }

  private ServerContainer describe(StartRequest asked) throws IOException, InterruptedException {
    StartRequest request = asked.withDataFolder(absolute(asked.dataFolder()));
    String subject = subject(request.id());
    DataFolder.requireMajor(subject, request.dataFolder(), request.build());
    ImageFacts image = images.of(request.build());
    DaemonFacts facts = daemon.facts("start", subject);
    ContainerUser user = ContainerUser.of(facts, image).of(request.dataFolder());
    folders.make(request.id(), user);
    return new ServerContainer(request, image, user, folders, options, facts);
  }

  @Override
  public void stop(BranchId id, Path dataFolder, Shutdown how, Duration timeout)
      throws InterruptedException {
    translate(
        "stop",
        subject(id),
        () -> {
          new ContainerStop(daemon, containers).run(id, subject(id), how, timeout);
          return id;
        });
  }

  @Override
  public ServerState state(BranchId id, Path dataFolder) {
    return uninterrupted(
        "read the state of", subject(id), () -> states.of(id, absolute(dataFolder), subject(id)));
  }

  @Override
  public List<String> lastLogLines(BranchId id, int count) {
    return uninterrupted(
        "read the log of",
        subject(id),
        () -> containers.lastLines(Containers.server(id), count, "read the log of", subject(id)));
  }

  /**
   * The name of one class of each library that it takes to end servers, for the class path of
   * another JVM. They are not loaded for that: some of the jars are signed, and verifying them
   * takes longer than a branch.
   */
  public static List<String> libraries() {
    return List.of(
        "com.github.dockerjava.core.DockerClientImpl",
        "com.github.dockerjava.api.DockerClient",
        "com.github.dockerjava.transport.DockerHttpClient",
        "com.github.dockerjava.zerodep.ZerodepDockerHttpClient",
        "com.google.common.base.Strings",
        "com.google.common.util.concurrent.internal.InternalFutureFailureAccess",
        "org.apache.commons.io.IOUtils",
        "org.apache.commons.lang3.StringUtils",
        "org.apache.commons.compress.archivers.ArchiveEntry",
        "org.bouncycastle.openssl.PEMParser",
        "org.bouncycastle.asn1.ASN1Object",
        "org.bouncycastle.asn1.cmp.CMPCertificate");
  }

  @Override
  public List<BranchId> servers() {
    String subject = "the servers of this home";
    return uninterrupted(
        "list",
        subject,
        () -> {
          Set<BranchId> ids = new TreeSet<>(Comparator.comparing(BranchId::value));
          ids.addAll(folders.all());
          ids.addAll(containers.ofHome("list", subject));
          return List.copyOf(ids);
        });
  }

  @Override
  public void remove(BranchId id) {
    uninterrupted(
        "remove",
        subject(id),
        () -> {
          List<Container> found = containers.of(id, "remove", subject(id));
          for (Container container : found) {
            if (ContainerStop.isLive(container)) {
              throw new BusyException(
                  "remove",
                  subject(id),
                  "it runs (container " + Containers.server(id) + ")",
                  "stop it first");
            }
          }
          for (Container container : found) {
            containers.remove(container.getId(), "remove", subject(id));
          }
          folders.remove(id);
          return id;
        });
  }

  // What the daemon refuses and nobody explained better.
  private <T> T translate(String operation, String subject, IoFailures.Body<T> body)
      throws InterruptedException {
    try {
      return IoFailures.translate(operation, subject, body);
    } catch (BpgException e) {
      throw e;
    } catch (RuntimeException e) {
      throw DockerFailures.translate(operation, subject, daemon.address(), e);
    }
  }

  private <T> T translateAll(String operation, String subject, IoFailures.Body<T> body) {
    return IoFailures.translateAll(operation, subject, () -> translate(operation, subject, body));
  }

  // For what takes one short answer and may be asked again: an interrupt is kept for afterwards.
  private <T> T uninterrupted(String operation, String subject, IoFailures.Body<T> body) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return translate(operation, subject, body);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String subject(BranchId id) {
    return "the server of branch " + id;
  }

  private static Path absolute(Path dataFolder) {
    return dataFolder.toAbsolutePath().normalize();
  }
}
