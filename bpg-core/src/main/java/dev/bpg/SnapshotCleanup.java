package dev.bpg;

import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.model.BranchName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes which snapshots are to go: those that every condition given here allows. Not
 * thread-safe.
 */
public final class SnapshotCleanup {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotCleanup.class);

  private final Supplier<List<Snapshot>> all;
  private Optional<Duration> olderThan = Optional.empty();
  private OptionalInt keepLast = OptionalInt.empty();
  private Optional<String> branch = Optional.empty();

  SnapshotCleanup(Supplier<List<Snapshot>> all) {
    this.all = all;
  }

  /**
   * Only what was taken longer ago than this. Default: whatever its age.
   *
   * @throws RefusedException if the time is negative
   */
  public SnapshotCleanup olderThan(Duration age) {
    if (age.isNegative()) {
      throw new RefusedException(
          "delete snapshots older than", age.toString(), "it is negative", "give a longer time");
    }
    this.olderThan = Optional.of(age);
    return this;
  }

  /**
   * Not the newest ones of each branch, this many. Default: 0.
   *
   * @throws RefusedException if the number is negative
   */
  public SnapshotCleanup keepLast(int count) {
    if (count < 0) {
      throw new RefusedException(
          "keep snapshots", String.valueOf(count), "it is negative", "give a number from 0 on");
    }
    this.keepLast = OptionalInt.of(count);
    return this;
  }

  /**
   * Only those of one branch. Default: of all branches.
   *
   * @throws RefusedException if the name breaks the rule of {@link BranchName}
   */
  public SnapshotCleanup of(String name) {
    this.branch = Optional.of(BranchName.parse(name).toString());
    return this;
  }

  /** What {@link #run()} would try to delete, the oldest first. Changes nothing. */
  public List<Snapshot> dryRun() {
    requireCondition();
    Instant limit = Instant.now().minus(olderThan.orElse(Duration.ZERO));
    return all.get().stream()
        .filter(snapshot -> branch.isEmpty() || branch.get().equals(snapshot.branch()))
        .collect(Collectors.groupingBy(Snapshot::branch))
        .values()
        .stream()
        .flatMap(ofOne -> ofOne.stream().limit(Math.max(0, ofOne.size() - keepLast.orElse(0))))
        .filter(snapshot -> !snapshot.createdAt().isAfter(limit))
        .sorted(Comparator.comparing(Snapshot::createdAt))
        .toList();
  }

  /**
   * Deletes them. Those that branches were made of stay, and the log says so.
   *
   * @return what was deleted, the oldest first
   */
  public List<Snapshot> run() {
    List<Snapshot> deleted = new ArrayList<>();
    for (Snapshot snapshot : dryRun()) {
      try {
        snapshot.delete();
        deleted.add(snapshot);
      } catch (BusyException e) {
        LOG.info("{} stays: {}", snapshot, e.reason());
      } catch (NotFoundException e) {
        LOG.debug("{} was deleted by somebody else", snapshot, e);
      }
    }
    return List.copyOf(deleted);
  }

  // An empty description would say "all of them", which nobody should say by leaving something out.
  private void requireCondition() {
    if (olderThan.isEmpty() && keepLast.isEmpty()) {
      throw new RefusedException(
          "clean up",
          "snapshots",
          "neither an age nor a number to keep is given",
          "call olderThan(…) or keepLast(…); keepLast(0) takes all of them");
    }
  }
}
