package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where this machine may have programs of Postgres. */
public final class InstalledPostgres {

  private InstalledPostgres() {}

  /**
   * The folders where Debian and Red Hat install them, those of installations from source, and
   * those that the {@code PATH} names, in this order. They need not exist, nor have any.
   */
  public static List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path version : matching(Path.of("/usr/lib/postgresql"), "*")) {
      folders.add(version.resolve("bin"));
    }
    for (Path version : matching(Path.of("/usr"), "pgsql-*")) {
      folders.add(version.resolve("bin"));
    }
    folders.add(Path.of("/usr/local/pgsql/bin"));
    for (String folder : Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")) {
      if (folder.startsWith("/")) {
        folders.add(Path.of(folder));
      }
    }
    return folders;
  }

  private static List<Path> matching(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
        entries.forEach(found::add);
      }
    }
    return found;
  }
}
