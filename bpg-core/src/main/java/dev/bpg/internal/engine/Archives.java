package dev.bpg.internal.engine;

import dev.bpg.internal.archive.ArchiveStore;
import dev.bpg.internal.archive.Cleanup;
import dev.bpg.internal.archive.LocalArchive;
import dev.bpg.internal.archive.RestoreSource;
import dev.bpg.internal.archive.WalArchive;
import dev.bpg.internal.catalog.ArchivePolicy;
import dev.bpg.internal.wal.WalPageHeader;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.BranchId;
import dev.bpg.model.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The WAL archives of a home: one for each incarnation of a branch, named by its id, so that no two
 * ever write into the same. They go with their branch.
 */
public final class Archives {

  private final Path folder;
  private final Function<String, ArchivePolicy> policies;

  /** Archives in a folder that exists. */
  public Archives(Path folder) {
    this(folder, database -> ArchivePolicy.DEFAULT);
  }

  /**
   * Archives in a folder that exists.
   *
   * @param policies how a database's branches are archived unless it is said
   */
  public Archives(Path folder, Function<String, ArchivePolicy> policies) {
    this.folder = folder;
    this.policies = policies;
  }

  /** How a database's branches are archived unless it is said. */
  ArchivePolicy policy(String database) {
    return policies.apply(database);
  }

  /** Where the archive of an incarnation is, or would be. */
  Path folder(BranchId id) {
    return folder.resolve(id.value());
  }

  /** The archive of an incarnation, if it has ever had one. */
  Optional<WalArchive> find(BranchId id) {
    return Files.isDirectory(folder(id))
        ? Optional.of(new WalArchive(store(id), segments(id)))
        : Optional.empty();
  }

  /**
   * Deletes what is before a position, or all if nobody needs any of it; of that, if a time is
   * given, what was archived before it.
   */
  Cleanup clean(BranchId id, Optional<Lsn> oldestNeeded, Optional<Instant> before, boolean dryRun) {
    return Cleanup.of(store(id), segments(id), oldestNeeded, before, dryRun);
  }

  private ArchiveStore store(BranchId id) {
    return LocalArchive.in(folder(id));
  }

  // Without a segment it does not matter of which size they are.
  private WalSegments segments(BranchId id) {
    return WalArchive.identify(store(id))
        .map(WalPageHeader::segmentSize)
        .map(WalSegments::new)
        .orElse(WalSegments.OF_16_MIB);
  }

  /** Makes ready for a server that archives, and says with which settings. */
  Map<String, String> archiveSettings(BranchId id, Path data, ArchivePolicy policy)
      throws IOException {
    return LocalArchive.create(folder(id), data)
        .archiveSettings(policy.compression(), policy.timeout());
  }

  /**
   * Makes a folder for WAL that a branch is only made from.
   *
   * @param data the branch's data folder, whose owner is going to own it
   */
  Path make(BranchId id, Path data) throws IOException {
    return LocalArchive.create(folder(id), data).folder();
  }

  /**
   * Makes ready for a server that recovers, and says with which settings.
   *
   * @param ids whose archives to read; the first has a file that others have, too
   */
  Map<String, String> restoreSettings(List<BranchId> ids) throws IOException {
    List<RestoreSource> others =
        ids.stream().skip(1).map(id -> RestoreSource.all(folder(id))).toList();
    return LocalArchive.in(folder(ids.get(0))).restoreSettings(others);
  }

  /** The ids of all that have one. */
  List<BranchId> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(BranchId::isValid)
          .map(BranchId::new)
          .toList();
    }
  }

  /** Deletes the archives of some incarnations. No error if there are none. */
  void delete(List<BranchId> ids) throws IOException {
    for (BranchId id : ids) {
      delete(folder(id));
    }
  }

  // A server that has just been ended may leave its last file meanwhile, so from the inside out.
  private static void delete(Path archive) throws IOException {
    try (Stream<Path> files = Files.list(archive)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(archive);
  }
}
