package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.BranchBuilder;
import dev.bpg.TemporaryBranch;
import dev.bpg.testing.Library;
import dev.bpg.testing.PgbenchLedger;
import dev.bpg.testing.PgbenchLedger.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recoveries to random points of a run of pgbench, each checked against a ledger kept outside.
 * {@code -Dbpg.test.targets=200} takes as many, of a run that is longer in proportion; few by
 * default.
 */
class RecoveryLedgerTest extends BothKindsContract {

  private static final Logger LOG = LoggerFactory.getLogger(RecoveryLedgerTest.class);

  private static final int TARGETS = Integer.getInteger("bpg.test.targets", 6);
  private static final int TRANSACTIONS = TARGETS * 100;

  private static final String STATE =
      """
      SELECT concat_ws(' ', n,
        (SELECT count(*) FROM ledger_entries), (SELECT max(n) FROM ledger_entries),
        (SELECT count(*) FROM pgbench_history), (SELECT sum(delta) FROM ledger_entries),
        (SELECT sum(delta) FROM pgbench_history), (SELECT sum(abalance) FROM pgbench_accounts),
        (SELECT sum(tbalance) FROM pgbench_tellers), (SELECT sum(bbalance) FROM pgbench_branches))
      FROM ledger_turn""";

  /** A point to recover to, and how many transactions had been committed there. */
  private record Target(
      String kind, Object point, Function<BranchBuilder, BranchBuilder> request, int expected) {}

  private final Random random = new Random(17);

  @Test
  void everyTargetHasWhatWasCommittedBeforeItAndNothingElse(@TempDir Path folder) throws Exception {
    Branch busy =
        bpg.from(Library.SHOP).named("busy").setting("track_commit_timestamp", "on").create();
    PgbenchLedger.prepare(busy);
    busy.archive().enable();
    Instant start = Instant.now();
    List<Entry> ledger = writtenAround(busy, folder);
    Duration written = Duration.between(start, Instant.now());

    Map<String, Integer> exact = new TreeMap<>();
    for (int i = 0; i < TARGETS; i++) {
      Target target = target(i, ledger);
      try (TemporaryBranch then = target.request().apply(bpg.from("shop/busy")).createTemporary()) {
        assertThat(query(then, STATE)).as("%s", target).isEqualTo(state(ledger, target.expected()));
      }
      exact.merge(target.kind(), 1, Integer::sum);
    }
    assertThat(query(busy, STATE)).isEqualTo(state(ledger, TRANSACTIONS));
    LOG.info(
        "{} targets in a run of pgbench of {} transactions and {} s on {}: all exact, {}",
        TARGETS,
        TRANSACTIONS,
        written.toSeconds(),
        storage,
        exact);
  }

  /** The run of pgbench, with a snapshot in its middle. */
  private static List<Entry> writtenAround(Branch busy, Path folder) throws Exception {
    try (PgbenchLedger pgbench = PgbenchLedger.start(busy, folder, TRANSACTIONS)) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> pgbench.committed() >= TRANSACTIONS / 2);
      busy.snapshot("middle");
      return pgbench.await();
    }
  }

  private Target target(int i, List<Entry> ledger) {
    int index = 1 + random.nextInt(ledger.size() - 1);
    Entry entry = ledger.get(index);
    return switch (i % 6) {
      case 0 -> at("any time", anyTime(ledger), ledger);
      case 1 -> at("the time of a commit", entry.committed(), ledger);
      case 2 -> at("right before a commit", entry.committed().minus(1, ChronoUnit.MICROS), ledger);
      case 3 -> at("between two commits", entry.noted(), ledger);
      case 4 ->
          new Target(
              "position",
              entry.position(),
              builder -> builder.atLsn(entry.position()),
              entry.number() - 1);
      default -> restorePoint((entry.number() + 9) / 10 * 10);
    };
  }

  private Instant anyTime(List<Entry> ledger) {
    Instant first = ledger.get(0).committed();
    Instant last = ledger.get(ledger.size() - 1).committed();
    return first.plus(
        (long) (random.nextDouble() * ChronoUnit.MICROS.between(first, last)), ChronoUnit.MICROS);
  }

  private static Target at(String kind, Instant time, List<Entry> ledger) {
    long committed = ledger.stream().filter(entry -> !entry.committed().isAfter(time)).count();
    return new Target(kind, time, builder -> builder.at(time), (int) committed);
  }

  private static Target restorePoint(int turn) {
    String name = "turn " + turn;
    return new Target("restore point", name, builder -> builder.atRestorePoint(name), turn - 1);
  }

  /** What {@link #STATE} says after so many transactions. */
  private static String state(List<Entry> ledger, int transactions) {
    int sum = ledger.stream().limit(transactions).mapToInt(Entry::delta).sum();
    String number = transactions + " ";
    String delta = " " + sum;
    return (number.repeat(4) + delta.repeat(5).strip()).strip();
  }
}
