package dev.bpg.testing;

import dev.bpg.Branch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * Writers on a shop: one that numbers its commits and notes each that was acknowledged, and two
 * that move money.
 */
public final class Load implements AutoCloseable {

  private static final String TRANSFER =
      """
      BEGIN;
      UPDATE accounts SET balance = balance - 7 WHERE id = %1$d;
      INSERT INTO orders (customer, cents) VALUES (%1$d, 7);
      UPDATE accounts SET balance = balance + 7 WHERE id = %2$d;
      COMMIT;
      """;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(3);
  private final List<Future<Boolean>> writers = new ArrayList<>();

  private Load() {}

  /** Starts writing. */
  public static Load on(Branch branch) {
    Load load = new Load();
    load.writers.add(load.threads.submit(() -> load.note(branch)));
    // Both go up the accounts, so that they wait for each other and never in a circle.
    load.writers.add(load.threads.submit(() -> load.transfer(branch, 1)));
    load.writers.add(load.threads.submit(() -> load.transfer(branch, 3)));
    return load;
  }

  private boolean note(Branch branch) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection()) {
      while (!stopped.get()) {
        Sql.execute(connection, "INSERT INTO ledger VALUES (" + begun.incrementAndGet() + ")");
        acknowledged.incrementAndGet();
      }
    }
    return true;
  }

  private boolean transfer(Branch branch, int step) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection()) {
      for (int i = 1; !stopped.get(); i = i % 90 + 1) {
        Sql.execute(connection, TRANSFER.formatted(i, i + step));
      }
    }
    return true;
  }

  /** How many commits were asked for. */
  public long begun() {
    return begun.get();
  }

  /** How many commits Postgres has acknowledged. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Waits for some more commits. */
  public void awaitCommits(int count) {
    long wanted = acknowledged.get() + count;
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> acknowledged.get() >= wanted || !writing());
  }

  private boolean writing() {
    return writers.stream().noneMatch(Future::isDone);
  }

  /** Ends the writers, and fails if one of them failed. */
  public void stop() throws InterruptedException, ExecutionException {
    stopped.set(true);
    for (Future<Boolean> writer : writers) {
      writer.get();
    }
  }

  @Override
  public void close() {
    stopped.set(true);
    threads.shutdownNow();
  }
}
