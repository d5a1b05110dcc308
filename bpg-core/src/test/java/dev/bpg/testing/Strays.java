package dev.bpg.testing;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.Catalog;
import dev.bpg.internal.catalog.SnapshotCatalog;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what belongs to no branch: in a home folder, among the processes, among the sockets. */
public final class Strays {

  private final Path home;

  /** Looks into a home wired by {@link WiredHome}, or one whose volumes are in the same place. */
  public Strays(Path home) {
    this.home = home;
  }

  /** Whatever should not be there; leases count unless a branch carries them. */
  public List<String> find() throws IOException {
    List<BranchRecord> records = new Catalog(home.resolve("catalog")).list();
    Set<String> ids =
        records.stream().map(r -> r.id().value()).collect(Collectors.toCollection(TreeSet::new));
    Set<String> owners =
        records.stream().flatMap(r -> r.owner().stream()).collect(Collectors.toSet());
    List<String> strays = new ArrayList<>();
    for (BranchRecord record : records) {
      if (record.state() != State.READY) {
        strays.add("record " + record.name() + " " + record.state());
      }
    }
    Set<String> volumes = new TreeSet<>(ids);
    for (SnapshotRecord snapshot : new SnapshotCatalog(home.resolve("snapshots")).list()) {
      volumes.add(snapshot.id().value());
      if (snapshot.state() != State.READY
          || records.stream().noneMatch(record -> record.isOrWas(snapshot.branch()))) {
        strays.add("snapshot " + snapshot.id() + " " + snapshot.state());
      }
    }
    difference("volume", names(home.resolve("volumes")), volumes, strays);
    difference("missing volume", volumes, names(home.resolve("volumes")), strays);
    Set<String> secrets = names(home.resolve("secrets"));
    secrets.removeIf(name -> name.startsWith(".writing-")); // Swept after an hour.
    difference("secret", secrets, ids, strays);
    difference("missing secret", ids, secrets, strays);
    Set<String> servers = names(home.resolve("servers"));
    servers.removeIf(name -> !BranchId.isValid(name));
    difference("server folder", servers, ids, strays);
    difference("lease", names(home.resolve("leases")), owners, strays);
    Set<String> reservations =
        names(home.resolve("reservations")).stream()
            .filter(name -> !name.startsWith(".")) // As above, and a lock that was waited for.
            .map(name -> name.substring(0, name.indexOf('.')))
            .collect(Collectors.toCollection(TreeSet::new));
    difference("reservation", reservations, owners, strays);
    processes()
        .forEach(
            (process, id) -> {
              if (!ids.contains(id)) {
                strays.add("process in " + id + ": " + commandLine(process));
              }
            });
    return strays;
  }

  /** All ids that there is any trace of. */
  public Set<String> ids() throws IOException {
    Set<String> ids = names(home.resolve("volumes"));
    ids.addAll(names(home.resolve("servers")));
    ids.addAll(names(home.resolve("secrets")));
    ids.removeIf(name -> !BranchId.isValid(name));
    return ids;
  }

  /** The folders of sockets of ids that have no volume. */
  public List<Path> sockets(Set<String> ids) throws IOException {
    Set<String> living = names(home.resolve("volumes"));
    return ids.stream()
        .filter(id -> !living.contains(id))
        .flatMap(id -> Stream.of(Path.of("/run/bpg", id), Path.of("/tmp", "bpg-" + uid(), id)))
        .filter(Files::exists)
        .toList();
  }

  private static Object uid() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Map<Path, String> processes() throws IOException {
    Path volumes = home.toRealPath().resolve("volumes");
    Map<Path, String> working = new HashMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        Path folder = workingFolder(process);
        if (folder.startsWith(volumes) && !folder.equals(volumes)) {
          working.put(process, volumes.relativize(folder).getName(0).toString());
        }
      }
    }
    return working;
  }

  private static String commandLine(Path process) {
    try {
      return process + " " + Files.readString(process.resolve("cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return process + ", which ended just now";
    }
  }

  private static Path workingFolder(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd"));
    } catch (IOException e) {
      return Path.of("/"); // It ended, or is a zombie.
    }
  }

  private static void difference(
      String kind, Set<String> found, Set<String> expected, List<String> strays) {
    found.stream()
        .filter(name -> !expected.contains(name))
        .forEach(n -> strays.add(kind + " " + n));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (NoSuchFileException e) {
      return new TreeSet<>();
    }
  }
}
