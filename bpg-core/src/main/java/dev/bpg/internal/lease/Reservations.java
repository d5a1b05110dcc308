package dev.bpg.internal.lease;

import dev.bpg.internal.platform.DurableFile;
import dev.bpg.internal.platform.LockFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids that temporary branches are going to have, in {@code <folder>/<lease>.<something>}: many
 * in one file, below a line that says where their volumes lie. It is durable before there is
 * anything of them, so that their records need not be: should the machine crash, what a lost record
 * had named is found by these. A branch may outlive the lease that its id was reserved for, with
 * another process, so a file stays while a temporary branch has one of its ids. Safe for use by
 * several threads and processes.
 */
public final class Reservations {

  private static final Logger LOG = LoggerFactory.getLogger(Reservations.class);
  private static final String LOCK = ".lock";

  private final Path folder;
  private final String places;

  /**
   * Reservations in a folder that exists.
   *
   * @param volumes where volumes lie; a process that looks elsewhere would find none of these, so
   *     it leaves their ids alone
   * @param dataset the dataset that they lie in, if any do
   */
  public Reservations(Path folder, Path volumes, Optional<String> dataset) {
    this.folder = folder;
    this.places = (volumes + dataset.map(" "::concat).orElse("")).replaceAll("\\R", " ");
  }

  /**
   * Some whose process is gone, and whose records may have gone with a crash of the machine.
   *
   * @param file where they are
   * @param ids the ids
   */
  public record Lost(Path file, List<String> ids) {}

  /** Writes some down, durably. */
  void add(String lease, List<String> ids) throws IOException {
    DurableFile.create(folder.resolve(lease + "." + UUID.randomUUID()), text(places, ids));
  }

  /** Crosses some out, durably, whoever wrote them down: what has them is permanent now. */
  public void remove(Collection<String> ids) throws IOException, InterruptedException {
    // Of two at once one would bring back what the other has crossed out.
    try (LockFile lock = LockFile.lock(folder.resolve(LOCK), false)) {
      for (Path file : files()) {
        List<String> lines = lines(file);
        List<String> left = lines.stream().skip(1).filter(id -> !ids.contains(id)).toList();
        if (left.size() < lines.size() - 1) {
          DurableFile.put(file, text(lines.get(0), left), "rw-------");
        }
      }
      lock.deleteFile();
    }
  }

  /**
   * Forgets those of a lease that ends.
   *
   * @param inUse the ids that temporary branches of other leases have
   */
  void forget(String lease, Collection<String> inUse) throws IOException {
    for (Path file : files()) {
      if (lease(file).equals(lease) && Collections.disjoint(lines(file), inUse)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Forgets some, of which there is nothing any more. */
  public void forget(Lost lost) throws IOException {
    Files.deleteIfExists(lost.file());
  }

  /**
   * Those whose lease is gone. One whose volumes lie elsewhere waits for a process that can look
   * there; one that is damaged is logged, and keeps no other from being found.
   *
   * @param exists whether a lease is there
   */
  public List<Lost> left(Predicate<String> exists) throws IOException {
    DurableFile.sweep(folder);
    List<Lost> lost = new ArrayList<>();
    for (Path file : files()) {
      if (exists.test(lease(file))) {
        continue;
      }
      try {
        List<String> lines = lines(file);
        if (!lines.isEmpty() && lines.get(0).equals(places)) {
          lost.add(new Lost(file, lines.subList(1, lines.size())));
        }
      } catch (IOException e) {
        LOG.warn("left out: {} cannot be read; delete it if nothing temporary is left", file, e);
      }
    }
    return lost;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  // A lease's id has no dot.
  private static String lease(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, Math.max(0, name.indexOf('.')));
  }

  private static byte[] text(String places, List<String> ids) {
    return (places + "\n" + String.join("\n", ids) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of(); // Somebody else has forgotten it.
    }
  }
}
