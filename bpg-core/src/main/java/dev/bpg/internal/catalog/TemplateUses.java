package dev.bpg.internal.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When templates were used last, and from where: the times of files that are called like their
 * databases and have the working directory of the process that used them last. Nothing is made
 * durable: what a crash of the machine takes away only makes a template look less used than it was.
 * Safe for use by several threads and processes.
 */
public final class TemplateUses {

  // Who uses one all the time need not write all the time.
  private static final Duration PRECISION = Duration.ofMinutes(1);

  private static final String HERE = Path.of("").toAbsolutePath().toString();

  private final Path folder;
  private final Clock clock;

  /** Uses in a folder that exists. */
  public TemplateUses(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** When a template was used last, to the minute; empty if that is not known. */
  public Optional<Instant> last(String database) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file(database)).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether a template was used within a time. */
  public boolean isWithin(Duration time, String database) throws IOException {
    return last(database).filter(at -> at.isAfter(clock.instant().minus(time))).isPresent();
  }

  /** Remembers that a template is used now. */
  public void note(String database) throws IOException {
    if (isWithin(PRECISION, database) && isFromHere(database)) {
      return;
    }
    while (true) {
      Files.writeString(file(database), HERE);
      try {
        Files.setLastModifiedTime(file(database), FileTime.from(clock.instant()));
        return;
      } catch (NoSuchFileException e) {
        // Somebody forgot it just now.
      }
    }
  }

  /**
   * The database that was used last as a template, of those whose last user worked in this
   * directory.
   */
  public Optional<String> lastFromHere() throws IOException {
    FileTime latest = FileTime.fromMillis(0);
    Optional<String> found = Optional.empty();
    for (String database : databases()) {
      try {
        FileTime at = Files.getLastModifiedTime(file(database));
        if (at.compareTo(latest) > 0 && isFromHere(database)) {
          latest = at;
          found = Optional.of(database);
        }
      } catch (NoSuchFileException e) {
        // Somebody forgot it just now.
      }
    }
    return found;
  }

  private boolean isFromHere(String database) throws IOException {
    try {
      return Files.readString(file(database)).equals(HERE);
    } catch (NoSuchFileException e) {
      return false; // Somebody forgot it just now.
    }
  }

  /** Forgets a template that is gone. */
  public void forget(String database) throws IOException {
    Files.deleteIfExists(file(database));
  }

  /** The names of the databases that were used as templates, of those that are gone too. */
  public List<String> databases() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path file(String database) {
    return folder.resolve(database);
  }
}
