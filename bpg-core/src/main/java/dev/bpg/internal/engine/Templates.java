package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds templates, or makes them: a database is created, its server stopped, and a snapshot taken
 * of it. Each of these is atomic, and the snapshot says that all is done: whoever finds a template
 * without one completes it.
 */
final class Templates {

  private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

  /** The label of a template's snapshot. */
  static final String LABEL = "template";

  /** For how long a template is not dropped after it was used. */
  static final Duration SAFE = Duration.ofHours(1);

  // Far enough from being dropped to be used without its lock.
  private static final Duration SURELY_SAFE = SAFE.dividedBy(2);

  private final Parts parts;
  private final Engine engine;
  private final Background background;

  Templates(Parts parts, Engine engine, Background background) {
    this.parts = parts;
    this.engine = engine;
    this.background = background;
  }

  /** A template's snapshot and main branch. */
  SnapshotListing.Entry get(TemplateRequest request) throws IOException, InterruptedException {
    TemplateIdentity wanted = TemplateIdentity.of(request, parts);
    String database = wanted.database();
    if (parts.templateUses().isWithin(SURELY_SAFE, database)) {
      Optional<SnapshotListing.Entry> there = find(wanted);
      if (there.isPresent()) {
        parts.templateUses().note(database);
        return there.get();
      }
    }
    try (LockFile lock = parts.locks().exclusiveOfTemplate(database)) {
      try {
        Optional<SnapshotListing.Entry> there = find(wanted);
        SnapshotListing.Entry template = there.isPresent() ? there.get() : make(request, wanted);
        parts.templateUses().note(database);
        return template;
      } finally {
        lock.deleteFile();
      }
    }
  }

  /** The one that was used last from this process's working directory, if it is there. */
  Optional<SnapshotListing.Entry> lastUsed() throws IOException {
    Optional<String> database = parts.templateUses().lastFromHere();
    if (database.isEmpty()) {
      return Optional.empty();
    }
    Optional<BranchRecord> main =
        ready(BranchName.main(database.get()))
            .filter(record -> record.policy().template().isPresent());
    return main.isPresent() ? sealed(main.get()) : Optional.empty();
  }

  private Optional<SnapshotListing.Entry> find(TemplateIdentity wanted) throws IOException {
    Optional<BranchRecord> main = main(wanted);
    return main.isPresent() ? sealed(main.get()) : Optional.empty();
  }

  private Optional<SnapshotListing.Entry> sealed(BranchRecord main) throws IOException {
    return parts.snapshots().list(main.ids()).stream()
        .filter(Templates::isSeal)
        .max(Comparator.comparing(SnapshotRecord::createdAt))
        .map(snapshot -> new SnapshotListing.Entry(snapshot, main));
  }

  // One of a running server would have to be recovered by each of its branches.
  private static boolean isSeal(SnapshotRecord snapshot) {
    return snapshot.state() == State.READY
        && snapshot.label().equals(Optional.of(LABEL))
        && snapshot.origin().method() == CloneMethod.STOPPED;
  }

  private Optional<BranchRecord> main(TemplateIdentity wanted) throws IOException {
    Optional<BranchRecord> main = ready(wanted.main());
    if (main.isPresent()
        && !main.get().policy().template().equals(Optional.of(wanted.fingerprint()))) {
      throw new RefusedException(
          "use template",
          wanted.database(),
          "there is a database of this name that is not this template",
          "give one of the two another name");
    }
    return main;
  }

  private Optional<BranchRecord> ready(BranchName name) throws IOException {
    return parts.catalog().find(name).filter(record -> record.state() == State.READY);
  }

  private SnapshotListing.Entry make(TemplateRequest request, TemplateIdentity wanted)
      throws IOException, InterruptedException {
    Optional<BranchRecord> abandoned = main(wanted);
    if (abandoned.isPresent()) {
      LOG.info("completing template {}, whose maker is gone", wanted.database());
      return seal(abandoned.get());
    }
    LOG.info("preparing template {}", wanted.database());
    DatabaseRequest database = request.database();
    TemplatePreparation preparation =
        new TemplatePreparation(wanted.database(), database.steps(), request.timeout());
    SnapshotListing.Entry made =
        seal(
            engine.createDatabase(
                database.asTemplate(wanted.main(), wanted.fingerprint(), preparation)));
    background.delete(
        wanted.main(), () -> new TemplateCleanup(parts, engine).run(wanted.database()));
    return made;
  }

  private SnapshotListing.Entry seal(BranchRecord main) {
    try {
      engine.servers().stop(main);
      SnapshotRecord snapshot =
          engine
              .snapshots()
              .create(
                  new SnapshotRequest(
                      main, Optional.of(LABEL), Optional.empty(), BranchMode.CONSISTENT));
      if (!isSeal(snapshot)) {
        throw new RefusedException(
            "make template",
            main.name().database(),
            "somebody started its server before it was done",
            "leave it alone, and ask for the template again");
      }
      return new SnapshotListing.Entry(snapshot, main);
    } catch (Throwable first) {
      deleteAfter(first, main);
      throw first;
    }
  }

  private void deleteAfter(Throwable first, BranchRecord main) {
    boolean interrupted = Thread.interrupted();
    try {
      engine.deletions().databaseUnlessBranched(main);
    } catch (RuntimeException e) {
      first.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
