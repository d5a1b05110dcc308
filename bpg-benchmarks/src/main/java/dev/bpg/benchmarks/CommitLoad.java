package dev.bpg.benchmarks;

import dev.bpg.Branch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Clients that each commit one small change after the other, and how long the commits take. */
final class CommitLoad implements AutoCloseable {

  private static final int ACCOUNTS = 100_000;
  private static final long SLOW_NANOS = 50_000_000;

  /** What happened in a window of time: commits that ended in it. */
  record Window(long commits, long slow, double longestMillis) {}

  private final ExecutorService threads;
  private final List<Future<Void>> clients = new ArrayList<>();
  private volatile boolean ended;
  private long commits;
  private long slow;
  private long longest;

  private CommitLoad(int clients) {
    this.threads = Executors.newFixedThreadPool(clients);
  }

  static CommitLoad start(Branch branch, int clients) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE accounts AS SELECT id, 0 AS balance FROM generate_series(1, "
              + ACCOUNTS
              + ") AS id");
      statement.execute("ALTER TABLE accounts ADD PRIMARY KEY (id)");
      statement.execute("VACUUM (ANALYZE) accounts");
    }
    CommitLoad load = new CommitLoad(clients);
    for (int i = 0; i < clients; i++) {
      load.clients.add(load.threads.submit(() -> load.run(branch)));
    }
    return load;
  }

  private Void run(Branch branch) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE accounts SET balance = balance + 1 WHERE id = ?")) {
      while (!ended) {
        update.setInt(1, ThreadLocalRandom.current().nextInt(1, ACCOUNTS + 1));
        long start = System.nanoTime();
        update.executeUpdate();
        note(System.nanoTime() - start);
      }
    }
    return null;
  }

  private synchronized void note(long nanos) {
    commits++;
    slow += nanos > SLOW_NANOS ? 1 : 0;
    longest = Math.max(longest, nanos);
  }

  synchronized void beginWindow() {
    commits = 0;
    slow = 0;
    longest = 0;
  }

  synchronized Window endWindow() {
    if (commits == 0) {
      throw new IllegalStateException("nobody committed for a whole window");
    }
    return new Window(commits, slow, longest / 1e6);
  }

  @Override
  public void close() throws ExecutionException, InterruptedException {
    ended = true;
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.MINUTES);
    for (Future<Void> client : clients) {
      client.get();
    }
  }
}
