package dev.bpg.internal.lease;

import dev.bpg.internal.platform.Boot;
import dev.bpg.internal.platform.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The ids that temporary branches are going to have, in {@code <folder>/<lease>.<something>}: many
 * in one file, with the boot that they are of. It is durable before there is anything of them, so
 * that their records need not be: should the machine crash, what a lost record had named is found
 * by these. Safe for use by several threads and processes.
 */
public final class Reservations {

  private static final String UNKNOWN = "unknown";

  private final Path folder;

  /** Reservations in a folder that exists. */
  public Reservations(Path folder) {
    this.folder = folder;
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
    String text = Boot.id().orElse(UNKNOWN) + "\n" + String.join("\n", ids) + "\n";
    DurableFile.create(
        folder.resolve(lease + "." + UUID.randomUUID()), text.getBytes(StandardCharsets.UTF_8));
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

  /** Whether there are any of an earlier boot, so that the machine may have crashed. */
  public boolean outlivedTheirBoot() throws IOException {
    for (Path file : files()) {
      List<String> lines = lines(file);
      if (!lines.isEmpty() && !isOfThisBoot(lines)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Looks at those whose lease is gone. What is of this boot is forgotten: their records were there
   * to the end.
   *
   * @param exists whether a lease is there
   * @return what is of an earlier boot
   */
  public List<Lost> sweep(Predicate<String> exists) throws IOException {
    DurableFile.sweep(folder);
    List<Lost> lost = new ArrayList<>();
    for (Path file : files()) {
      List<String> lines = exists.test(lease(file)) ? List.of() : lines(file);
      if (lines.isEmpty()) {
        continue;
      }
      if (isOfThisBoot(lines)) {
        Files.deleteIfExists(file);
      } else {
        lost.add(new Lost(file, lines.subList(1, lines.size())));
      }
    }
    return lost;
  }

  private static boolean isOfThisBoot(List<String> lines) throws IOException {
    return Boot.id().filter(lines.get(0)::equals).isPresent();
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

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of(); // Somebody else has forgotten it.
    }
  }
}
