package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Mount;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.server.InitDbArguments;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a data folder by an image's own {@code initdb}, in a container that ends with it. */
final class ContainerInit {

  private static final String OPERATION = "initialise";
  private static final int OTHER_FOLDER = 98;

  // The marker proves that the daemon's folder of that path is ours, and not one of another machine
  // that happens to have it too. A data folder must be empty for initdb, so it goes first.
  private static final String SCRIPT =
      """
      marker=$1; shift
      [ -f "$marker" ] || exit 98
      rm -f "$marker"
      printf '%s\\n' "$BPG_PASSWORD" | "$@"
      """;

  private final Daemon daemon;
  private final Containers containers;
  private final ContainerFolders folders;

  ContainerInit(Daemon daemon, Containers containers, ContainerFolders folders) {
    this.daemon = daemon;
    this.containers = containers;
    this.folders = folders;
  }

  void run(BranchId id, Path dataFolder, ImageFacts image, ContainerUser user)
      throws IOException, InterruptedException {
    String subject = "the data folder " + dataFolder;
    folders.make(id, user);
    OneShot.Result result = run(id, dataFolder, image, user, InitDbArguments.LOCALE);
    if (result.status() != 0 && InitDbArguments.lacksLocale(result.output())) {
      result = run(id, dataFolder, image, user, InitDbArguments.LOCALE_WITHOUT);
    }
    if (result.status() == OTHER_FOLDER) {
      throw invisible(OPERATION, subject, dataFolder, daemon.address(), null);
    }
    if (result.status() != 0) {
      throw new StartFailedException(
          OPERATION,
          subject,
          "initdb ended with " + result.status() + " and wrote:\n" + result.output().strip(),
          "correct what the last line names, then create it again");
    }
    FileSystemSync.sync(dataFolder);
  }

  private OneShot.Result run(
      BranchId id, Path dataFolder, ImageFacts image, ContainerUser user, String locale)
      throws IOException, InterruptedException {
    String subject = "the data folder " + dataFolder;
    Path marker = Files.createFile(dataFolder.resolve(".bpg-" + id));
    user.own(dataFolder);
    try {
      String target = image.dataTarget();
      List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "bpg"));
      command.add(target + "/" + marker.getFileName());
      command.add(image.bin() + "/initdb");
      command.addAll(InitDbArguments.of(target, "/dev/stdin", locale, "peer"));
      List<Mount> mounts = new ArrayList<>(ServerContainer.empty(image));
      mounts.add(ServerContainer.mount(dataFolder.toString(), target));
      // initdb wants a name for whoever runs it, and the image may not know the user.
      mounts.add(
          ServerContainer.mount(folders.users(user).toString(), "/etc/passwd").withReadOnly(true));
      return new OneShot(
              Containers.server(id) + "-initdb",
              image.id(),
              user.text(),
              user.namespace(),
              command,
              List.of("BPG_PASSWORD=" + InitDbArguments.password()),
              mounts,
              containers.labels(id, Containers.INITDB))
          .run(daemon, containers, OPERATION, subject);
    } catch (DockerException e) {
      if (isInvisible(e)) {
        throw invisible(OPERATION, subject, dataFolder, daemon.address(), e);
      }
      throw e;
    } finally {
      Files.deleteIfExists(marker);
    }
  }

  /** Whether the daemon says that the source of a mount is not there. */
  static boolean isInvisible(DockerException e) {
    return DockerFailures.says(e, "bind source path does not exist", "statfs", "bind mount source");
  }

  /** The error for a folder that the daemon does not have. */
  static UnavailableException invisible(
      String operation,
      String subject,
      Path folder,
      String address,
      @org.jspecify.annotations.Nullable Exception e) {
    return new UnavailableException(
        operation,
        subject,
        "the Docker daemon at " + address + " does not see " + folder + " of this machine",
        "use a daemon of this machine, or set home and storage.path to folders that its machine has"
            + " at the same path",
        e);
  }
}
