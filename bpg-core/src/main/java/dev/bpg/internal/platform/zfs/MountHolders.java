package dev.bpg.internal.platform.zfs;

import dev.bpg.internal.platform.zfs.MountHolder.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks through {@code /proc} for processes that keep a dataset in use; see proc(5). Only links and
 * tables are read, never the files themselves, for their file systems may hang. What ends meanwhile
 * or may not be read is passed over.
 */
final class MountHolders {

  private static final Path PROC = Path.of("/proc");

  private final String dataset;
  private final @Nullable Path ownNamespace = namespace("self");
  private final Set<Path> seenNamespaces = new HashSet<>();
  private final List<MountHolder> found = new ArrayList<>();

  private MountHolders(String dataset) {
    this.dataset = dataset;
  }

  static List<MountHolder> of(String dataset) throws IOException {
    MountHolders holders = new MountHolders(dataset);
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        holders.look(process.getFileName().toString());
      }
    } catch (UncheckedIOException | java.nio.file.DirectoryIteratorException e) {
      throw new IOException("cannot read " + PROC, e);
    }
    return List.copyOf(holders.found);
  }

  private void look(String pid) {
    MountTable table;
    try {
      table = MountTable.read(PROC.resolve(pid).resolve("mountinfo"));
    } catch (IOException e) {
      return;
    }
    List<MountTable.Entry> mounts = table.of(dataset);
    if (mounts.isEmpty()) {
      return;
    }
    Path namespace = namespace(pid);
    if (namespace != null && !namespace.equals(ownNamespace) && seenNamespaces.add(namespace)) {
      add(pid, Use.MOUNTED, mounts.get(0).target());
    }
    link(pid, "cwd")
        .filter(p -> table.isOn(p, dataset))
        .ifPresent(p -> add(pid, Use.WORKING_FOLDER, p));
    link(pid, "root").filter(p -> table.isOn(p, dataset)).ifPresent(p -> add(pid, Use.ROOT, p));
    openFile(pid, mounts).ifPresent(p -> add(pid, Use.OPEN, p));
  }

  // One is enough to tell: a server has hundreds.
  private static Optional<Path> openFile(String pid, List<MountTable.Entry> mounts) {
    Set<String> ids = new HashSet<>();
    mounts.forEach(mount -> ids.add("mnt_id:\t" + mount.id()));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(PROC.resolve(pid).resolve("fdinfo"))) {
      for (Path file : files) {
        if (isOn(file, ids)) {
          return link(pid, "fd/" + file.getFileName());
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean isOn(Path fdInfo, Set<String> mountIds) {
    try {
      return Files.readAllLines(fdInfo).stream().anyMatch(mountIds::contains);
    } catch (IOException e) {
      return false;
    }
  }

  private void add(String pid, Use use, Path path) {
    String command;
    try {
      command = Files.readString(PROC.resolve(pid).resolve("comm")).strip();
    } catch (IOException e) {
      command = "ended";
    }
    found.add(new MountHolder(Long.parseLong(pid), command, use, path));
  }

  private static @Nullable Path namespace(String pid) {
    return link(pid, "ns/mnt").orElse(null);
  }

  private static Optional<Path> link(String pid, String name) {
    try {
      return Optional.of(Files.readSymbolicLink(PROC.resolve(pid).resolve(name)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
