package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops templates that nobody used for long, and the longest unused ones while all of them take too
 * much space. What was used just now, has branches or is protected stays.
 */
final class TemplateCleanup {

  private static final Logger LOG = LoggerFactory.getLogger(TemplateCleanup.class);

  private final Parts parts;
  private final Engine engine;
  private final Instant now;

  private record Candidate(BranchRecord main, Instant lastUse, long size) {}

  TemplateCleanup(Parts parts, Engine engine) {
    this.parts = parts;
    this.engine = engine;
    this.now = parts.clock().instant();
  }

  /**
   * Does it.
   *
   * @param made the database of the template that was just made, and stays
   */
  void run(String made) throws IOException, InterruptedException {
    List<Candidate> templates = templates();
    long size = templates.stream().mapToLong(Candidate::size).sum();
    for (Candidate template : templates) {
      boolean tooMuch = size > parts.templateBounds().maxSize();
      if (!template.main().name().database().equals(made)
          && (tooMuch || isUnusedFor(parts.templateBounds().unusedFor(), template.lastUse()))
          && drop(template)) {
        size -= template.size();
      }
    }
    forgetWhatIsGone();
  }

  private boolean isUnusedFor(Duration time, Instant lastUse) {
    return lastUse.isBefore(now.minus(time));
  }

  // The longest unused first.
  private List<Candidate> templates() throws IOException {
    List<Candidate> found = new ArrayList<>();
    for (BranchRecord record : parts.catalog().list()) {
      if (record.state() == State.READY && record.policy().template().isPresent()) {
        found.add(new Candidate(record, lastUse(record), size(record)));
      }
    }
    found.sort(Comparator.comparing(Candidate::lastUse));
    return found;
  }

  private Instant lastUse(BranchRecord main) throws IOException {
    return parts.templateUses().last(main.name().database()).orElse(main.createdAt());
  }

  // What the main branch and the snapshot share counts once.
  private long size(BranchRecord main) throws IOException {
    Storage storage = parts.storage(main);
    try {
      long size = storage.space(main.id()).referenced();
      for (SnapshotRecord snapshot : parts.snapshots().list(main.ids())) {
        size += storage.space(snapshot.id()).used();
      }
      return size;
    } catch (BpgException e) {
      LOG.warn("the size of template {} is not known", main.name().database(), e);
      return 0;
    }
  }

  private boolean drop(Candidate template) throws IOException, InterruptedException {
    String database = template.main().name().database();
    Optional<LockFile> free = parts.locks().tryExclusiveOfTemplate(database);
    if (free.isEmpty()) {
      return false;
    }
    try (LockFile lock = free.get()) {
      // Somebody may have used it since it was listed.
      boolean dropped = isUnusedFor(Templates.SAFE, lastUse(template.main())) && delete(template);
      if (dropped) {
        parts.templateUses().forget(database);
      }
      lock.deleteFile();
      return dropped;
    }
  }

  private boolean delete(Candidate template) {
    String database = template.main().name().database();
    try {
      engine.deletions().databaseUnlessBranched(template.main());
      LOG.info("dropped template {}, last used at {}", database, template.lastUse());
      return true;
    } catch (NotFoundException e) {
      LOG.debug("template {} was gone before it was dropped", database, e);
      return true;
    } catch (BusyException | RefusedException e) {
      LOG.debug("template {} is kept: {}", database, e.reason());
      return false;
    } catch (BpgException e) {
      LOG.warn("could not drop template {}", database, e);
      return false;
    }
  }

  private void forgetWhatIsGone() throws IOException {
    for (String database : parts.templateUses().databases()) {
      boolean gone =
          parts.catalog().list(database).stream().noneMatch(record -> record.name().isMain());
      if (gone && !parts.templateUses().isWithin(Templates.SAFE, database)) {
        parts.templateUses().forget(database);
      }
    }
  }
}
