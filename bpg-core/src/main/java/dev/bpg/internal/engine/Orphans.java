package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.UnavailableException;
import dev.bpg.health.Orphan;
import dev.bpg.health.Orphan.Kind;
import dev.bpg.internal.platform.Durability;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.server.ServerRuntime;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds what carries an id of ours and is in no record. A record is there before all that it names
 * and goes after it. So what exists is listed first and the records are read afterwards: what
 * somebody makes at this moment has one by then, and what somebody deletes is looked for again.
 */
final class Orphans {

  private final Parts parts;

  Orphans(Parts parts) {
    this.parts = parts;
  }

  /** Lists them and changes nothing. */
  List<Orphan> find() throws IOException {
    List<Orphan> there = new ArrayList<>();
    for (ServerRuntime runtime : parts.runtimes().usable()) {
      for (BranchId id : runtime.servers()) {
        there.add(new Orphan(Kind.SERVER, id.value(), runtime.name(), OptionalLong.empty()));
      }
    }
    for (Storage place : parts.storages().places()) {
      for (BranchId id : place.volumes()) {
        there.add(new Orphan(Kind.VOLUME, id.value(), place.name(), OptionalLong.empty()));
      }
    }
    for (BranchId id : parts.secrets().list()) {
      there.add(new Orphan(Kind.SECRET, id.value(), "secrets", OptionalLong.empty()));
    }
    Set<BranchId> known = KnownIds.of(parts);
    List<Orphan> orphans = new ArrayList<>();
    for (Orphan orphan : there) {
      if (!known.contains(new BranchId(orphan.id()))) {
        stillThere(orphan).ifPresent(orphans::add);
      }
    }
    orphans.addAll(locks());
    return List.copyOf(orphans);
  }

  private Optional<Orphan> stillThere(Orphan orphan) throws IOException {
    BranchId id = new BranchId(orphan.id());
    return switch (orphan.kind()) {
      case SERVER ->
          Optional.of(orphan)
              .filter(found -> parts.runtimes().named(found.where()).servers().contains(id));
      case SECRET ->
          parts.secrets().find(id).isPresent() || parts.secrets().prepared(id).isPresent()
              ? Optional.of(orphan)
              : Optional.empty();
      default -> volume(id, parts.storages().named(orphan.where()));
    };
  }

  // Half made ones have no data folder yet. Of another home's volumes this one has no records.
  private Optional<Orphan> volume(BranchId id, Storage place) {
    if (!parts.storages().neighbours(place).isEmpty() || !place.volumes().contains(id)) {
      return Optional.empty();
    }
    Optional<Path> data = place.dataFolder(id);
    return Optional.of(
        new Orphan(
            Kind.VOLUME,
            id.value(),
            data.map(Path::toString).orElse("the storage " + place.name()),
            data.isPresent()
                ? OptionalLong.of(place.space(id).referenced())
                : OptionalLong.empty()));
  }

  private List<Orphan> locks() throws IOException {
    List<Orphan> orphans = new ArrayList<>();
    for (Path file : parts.locks().files()) {
      try (LockFile free = LockFile.tryLockExisting(file).orElse(null)) {
        if (free != null && isOfNobody(file)) {
          orphans.add(new Orphan(Kind.LOCK, ownerOf(file), file.toString(), OptionalLong.empty()));
        }
      }
    }
    return orphans;
  }

  // To be asked with the lock in hand.
  private boolean isOfNobody(Path lock) throws IOException {
    Optional<BranchName> branch = parts.locks().branchOf(lock);
    return branch.isPresent()
        ? parts.catalog().find(branch.get()).isEmpty()
        : parts.snapshots().find(new BranchId(parts.locks().nameOf(lock))).isEmpty();
  }

  private String ownerOf(Path lock) {
    return parts
        .locks()
        .branchOf(lock)
        .map(BranchName::toString)
        .orElseGet(() -> parts.locks().nameOf(lock));
  }

  /**
   * Removes them. One that cannot be removed does not keep the others.
   *
   * @return what was removed
   * @throws UnavailableException if some are left
   */
  List<Orphan> remove() throws IOException, InterruptedException {
    List<Orphan> removed = new ArrayList<>();
    List<BpgException> failures = new ArrayList<>();
    for (Orphan orphan : find()) {
      try {
        if (orphan.kind() == Kind.LOCK ? removeLock(orphan) : remove(orphan)) {
          removed.add(orphan);
        }
      } catch (BpgException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      UnavailableException left =
          new UnavailableException(
              "remove",
              "all orphans",
              failures.size() + " are left: " + failures.get(0).reason(),
              failures.get(0).hint(),
              failures.get(0));
      failures.stream().skip(1).forEach(left::addSuppressed);
      throw left;
    }
    return List.copyOf(removed);
  }

  private boolean removeLock(Orphan orphan) throws IOException {
    Path file = Path.of(orphan.where());
    try (LockFile free = LockFile.tryLockExisting(file).orElse(null)) {
      if (free == null || !isOfNobody(file)) {
        return false;
      }
      free.deleteFile();
      return true;
    }
  }

  // Under the lock of its id, which whoever makes a snapshot holds, and two that remove orphans.
  private boolean remove(Orphan orphan) throws IOException, InterruptedException {
    BranchId id = new BranchId(orphan.id());
    try (LockFile lock = parts.locks().exclusiveOfSnapshot(id)) {
      if (KnownIds.of(parts).contains(id)) {
        return false;
      }
      switch (orphan.kind()) {
        case SERVER -> new OrphanServer(parts, id).remove(parts.runtimes().named(orphan.where()));
        case VOLUME -> removeVolume(parts, id);
        default -> parts.secrets().delete(id, Durability.MACHINE);
      }
      lock.deleteFile();
      return true;
    }
  }

  /**
   * Removes what there is of a volume, and its server, which may run though nothing else is left.
   */
  static void removeVolume(Parts parts, BranchId id) throws InterruptedException {
    for (ServerRuntime runtime : parts.runtimes().usable()) {
      new OrphanServer(parts, id).remove(runtime);
    }
    for (Storage place : parts.storages().places()) {
      place.deleteVolume(id);
    }
  }
}
