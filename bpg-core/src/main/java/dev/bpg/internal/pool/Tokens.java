package dev.bpg.internal.pool;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.plan.RequestHash;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneScript;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The branches of one source that wait to be taken: a file for each, called by its id, with its
 * name in it. Whoever deletes the file has the branch. Safe for use by several threads and
 * processes.
 */
final class Tokens {

  private static final String UNFINISHED = ".new";

  private final Path folder;

  private Tokens(Path folder) {
    this.folder = folder;
  }

  /**
   * Those for a request of a snapshot, which names it by its id. Requests for the same share
   * theirs.
   *
   * @param afterClone what is run on each branch
   * @param reused whether branches that somebody had may be among them
   */
  static Tokens of(
      Path pools, BranchRequest request, List<CloneScript> afterClone, boolean reused) {
    RequestHash hash =
        new RequestHash()
            .add("parent", request.parent())
            .add("snapshot", request.snapshot().orElseThrow())
            .add("mode", request.mode())
            .add("settings", new TreeMap<>(request.settings().values()))
            .add("limits", request.limits())
            .add("idle stop", request.idleStop())
            .add("after clone", afterClone)
            .add("reused", reused);
    return new Tokens(pools.resolve(hash.text()));
  }

  /** Those of all sources. */
  static List<Tokens> all(Path pools) throws IOException {
    try (Stream<Path> folders = Files.list(pools)) {
      return folders.map(Tokens::new).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** A branch that waits. */
  record Waiting(BranchId id, BranchName name) {}

  /** Puts a branch up for taking. */
  void offer(BranchRecord branch) throws IOException {
    Path token = token(branch.id());
    Path unfinished = folder.resolve(branch.id().value() + UNFINISHED);
    while (true) {
      Files.createDirectories(folder);
      try {
        Files.writeString(unfinished, branch.name().toString());
        Files.move(unfinished, token, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (NoSuchFileException e) {
        // Another process has just cleared the empty folder away.
        continue;
      }
    }
  }

  /** Clears the folder away if nothing waits in it. */
  void clear() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      return; // Another process has something waiting.
    }
  }

  /** Takes a branch; false if somebody else has. */
  boolean claim(BranchId branch) throws IOException {
    return Files.deleteIfExists(token(branch));
  }

  /** What waits. */
  List<Waiting> list() throws IOException {
    List<Waiting> waiting = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String id = file.getFileName().toString();
        if (id.endsWith(UNFINISHED) && isOld(file)) {
          Files.deleteIfExists(file);
        } else if (BranchId.isValid(id)) {
          name(file).ifPresent(name -> waiting.add(new Waiting(new BranchId(id), name)));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return waiting;
  }

  // Nobody takes that long to write a name, so its writer was killed.
  private static boolean isOld(Path file) {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return written.isBefore(Instant.now().minus(Duration.ofMinutes(1)));
    } catch (IOException e) {
      return false; // It is there no more.
    }
  }

  private static Optional<BranchName> name(Path file) throws IOException {
    try {
      return Optional.of(BranchName.parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // It was taken meanwhile.
    } catch (RefusedException e) {
      // Cut off by a crash of the machine, which ended its branch too.
      Files.deleteIfExists(file);
      return Optional.empty();
    }
  }

  private Path token(BranchId branch) {
    return folder.resolve(branch.value());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tokens tokens && tokens.folder.equals(folder);
  }

  @Override
  public int hashCode() {
    return folder.hashCode();
  }
}
