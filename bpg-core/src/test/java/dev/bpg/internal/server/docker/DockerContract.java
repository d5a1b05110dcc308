package dev.bpg.internal.server.docker;

import dev.bpg.internal.server.FolderTree;
import dev.bpg.server.ServerRuntime;
import dev.bpg.server.ServerRuntimeContract;
import dev.bpg.testing.RealDocker;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The rules of all runtimes, with servers in containers. */
@Subject("docker")
abstract class DockerContract extends ServerRuntimeContract {

  private static final List<Path> FOLDERS = new ArrayList<>();
  private static Path home;

  @BeforeAll
  static void makeHome() throws IOException {
    home = newFolder();
  }

  @AfterAll
  static void deleteFolders() throws IOException {
    for (Path folder : FOLDERS) {
      FolderTree.delete(folder);
    }
    FOLDERS.clear();
  }

  private static Path newFolder() throws IOException {
    Path folder = RealStorages.anywhere();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    FOLDERS.add(folder);
    return folder;
  }

  abstract int major();

  final Path home() {
    return home;
  }

  @Override
  protected ServerRuntime runtime() {
    return new DockerRuntime(DockerTests.options(home, RealDocker.image(major())));
  }

  @Override
  protected Path folder() throws IOException {
    return newFolder();
  }

  @Override
  protected String listens() {
    return "*";
  }
}
