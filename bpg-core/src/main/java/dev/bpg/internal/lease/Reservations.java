package dev.bpg.internal.lease;

import dev.bpg.internal.platform.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids that temporary branches are going to have, in {@code <folder>/<lease>.<something>}: many
 * in one file, below a line that says where their volumes lie. It is durable before there is
 * anything of them, so that their records need not be: should the machine crash, what a lost record
 * had named is found by these. Safe for use by several threads and processes.
 */
public final class Reservations {

  private static final Logger LOG = LoggerFactory.getLogger(Reservations.class);

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
   * @param lease whose they were
   * @param ids those that no living process has reserved too
   * @param isAll whether those are all of the file
   */
  public record Lost(Path file, String lease, List<String> ids, boolean isAll) {}

  /** Writes some down, durably. */
  void add(String lease, List<String> ids) throws IOException {
    DurableFile.create(folder.resolve(lease + "." + UUID.randomUUID()), text(places, ids));
  }

  /** Takes some out of all files, durably: they are in records by now that need none of this. */
  void remove(List<String> ids) throws IOException {
    for (Path file : files()) {
      List<String> lines = lines(file);
      if (lines.stream().skip(1).anyMatch(ids::contains)) {
        List<String> left = lines.stream().skip(1).filter(id -> !ids.contains(id)).toList();
        DurableFile.put(file, text(lines.get(0), left), "rw-------");
      }
    }
  }

  /** Forgets those of a lease, of which there is nothing any more. */
  void forget(String lease) throws IOException {
    for (Path file : files()) {
      if (lease(file).equals(lease)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Forgets some, of which there is nothing any more. */
  public void forget(Lost lost) throws IOException {
    Files.deleteIfExists(lost.file());
  }

  /**
   * Those whose lease is gone, in the order in which they were reserved. One whose volumes lie
   * elsewhere waits for a process that can look there.
   *
   * @param exists whether a lease is there
   */
  public List<Lost> left(Predicate<String> exists) throws IOException {
    DurableFile.sweep(folder);
    List<Path> dead = files().stream().filter(file -> !exists.test(lease(file))).toList();
    // Looked at afterwards: who writes one down for somebody else has it by then.
    Set<String> living = new HashSet<>();
    for (Path file : dead.isEmpty() ? List.<Path>of() : files()) {
      if (exists.test(lease(file))) {
        living.addAll(lines(file));
      }
    }
    List<Lost> lost = new ArrayList<>();
    for (Path file : dead) {
      List<String> lines = lines(file);
      if (!lines.isEmpty() && lines.get(0).equals(places)) {
        List<String> ids = lines.stream().skip(1).filter(id -> !living.contains(id)).toList();
        lost.add(new Lost(file, lease(file), ids, ids.size() == lines.size() - 1));
      }
    }
    return lost;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !DurableFile.isTemporary(file)).sorted().toList();
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

  // One that is damaged must not keep all others from use.
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of(); // Somebody else has forgotten it.
    } catch (IOException e) {
      LOG.warn("left out: {} cannot be read; delete it if nothing temporary is left", file, e);
      return List.of();
    }
  }
}
