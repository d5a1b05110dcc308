package dev.bpg.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A run of {@code pgbench} on a branch, and what is known of each of its transactions outside of
 * the branch: when its client had begun it and had it acknowledged, by pgbench's own log, and when
 * it was committed, by the server.
 */
public final class PgbenchLedger implements AutoCloseable {

  private static final int CLIENTS = 4;

  // pgbench takes its times from the monotonic clock, which runs a little slower or faster.
  private static final Duration CLOCKS = Duration.ofMillis(20);

  private static final String SCHEMA =
      """
      CREATE TABLE ledger_turn AS SELECT 0 AS n;
      CREATE TABLE ledger_entries
        (n int PRIMARY KEY, client int, delta int, noted timestamptz, position pg_lsn);
      """;

  private static final String ENTRIES =
      "SELECT n, client, delta, noted, position::text, pg_xact_commit_timestamp(xmin)"
          + " FROM ledger_entries ORDER BY n";

  private final Branch branch;
  private final Path folder;
  private final int transactions;
  private final Process pgbench;

  private PgbenchLedger(Branch branch, Path folder, int transactions) throws Exception {
    this.branch = branch;
    this.folder = folder;
    this.transactions = transactions;
    Path script = folder.resolve("ledger.pgbench");
    try (InputStream text = PgbenchLedger.class.getResourceAsStream("ledger.pgbench")) {
      Files.copy(Objects.requireNonNull(text), script, StandardCopyOption.REPLACE_EXISTING);
    }
    this.pgbench =
        ClientTools.start(
            branch,
            "pgbench",
            "--no-vacuum",
            "--client=" + CLIENTS,
            "--transactions=" + transactions / CLIENTS,
            "--scale=1",
            "--file=" + script,
            "--log",
            "--log-prefix=" + folder.resolve("log"));
  }

  /**
   * One transaction.
   *
   * @param number its place in the order of commits, from 1
   * @param noted a time between the commit before it and its own
   * @param position a position between the commit before it and its own
   * @param committed the time that its commit carries
   */
  public record Entry(
      int number, int client, int delta, Instant noted, String position, Instant committed) {}

  private record Seen(Instant begun, Instant acknowledged) {}

  /** Fills a branch with pgbench's tables and the ledger's. */
  public static void prepare(Branch branch) throws Exception {
    ClientTools.run(branch, "pgbench", "--initialize", "--quiet", "--scale=1");
    Sql.execute(branch, SCHEMA);
  }

  /**
   * Starts pgbench on a branch that was prepared and has {@code track_commit_timestamp}.
   *
   * @param folder a folder for what pgbench logs
   */
  public static PgbenchLedger start(Branch branch, Path folder, int transactions) throws Exception {
    return new PgbenchLedger(branch, folder, transactions);
  }

  /** How many transactions are committed. */
  public int committed() throws SQLException {
    return Integer.parseInt(Sql.query(branch, "SELECT n FROM ledger_turn"));
  }

  /**
   * All transactions in the order of their commits, once pgbench has ended; what the server says of
   * them agrees with what pgbench's clients have seen.
   */
  public List<Entry> await() throws Exception {
    ClientTools.await(pgbench);
    List<Entry> entries = entries();
    assertThat(entries).hasSize(transactions);
    Map<Integer, List<Seen>> log = log();
    Map<Integer, Integer> ofClient = new HashMap<>();
    Instant last = Instant.MIN;
    for (Entry entry : entries) {
      int number = ofClient.merge(entry.client(), 1, Integer::sum);
      Seen seen = log.get(entry.client()).get(number - 1);
      assertThat(entry.noted()).as("%s", entry).isBetween(last, entry.committed());
      assertThat(entry.committed())
          .as("%s", entry)
          .isAfter(last)
          .isBetween(seen.begun().minus(CLOCKS), seen.acknowledged().plus(CLOCKS));
      last = entry.committed();
    }
    return entries;
  }

  private List<Entry> entries() throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ENTRIES)) {
      while (rows.next()) {
        entries.add(
            new Entry(
                rows.getInt(1),
                rows.getInt(2),
                rows.getInt(3),
                rows.getObject(4, OffsetDateTime.class).toInstant(),
                rows.getString(5),
                rows.getObject(6, OffsetDateTime.class).toInstant()));
      }
    }
    return entries;
  }

  // A line: client, number, microseconds that it took, script, seconds and microseconds of its end.
  private Map<Integer, List<Seen>> log() throws IOException {
    Map<Integer, List<Seen>> log = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> !file.endsWith("ledger.pgbench")).toList()) {
        for (String line : Files.readAllLines(file)) {
          long[] fields = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
          Instant end = Instant.ofEpochSecond(fields[4], fields[5] * 1000);
          Instant begin = end.minusNanos(fields[2] * 1000);
          List<Seen> ofClient = log.computeIfAbsent((int) fields[0], client -> new ArrayList<>());
          ofClient.add(new Seen(begin, end));
          assertThat(fields[1]).isEqualTo(ofClient.size());
        }
      }
    }
    return log;
  }

  /** Ends pgbench if it still runs. */
  @Override
  public void close() throws InterruptedException {
    pgbench.destroyForcibly().waitFor();
  }
}
