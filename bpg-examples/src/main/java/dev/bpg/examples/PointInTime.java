package dev.bpg.examples;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.Snapshot;
import dev.bpg.Snapshots;
import dev.bpg.model.RecoveryWindow;
import dev.bpg.model.WalCompression;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** Snapshots, and branches of a database as it was at a time. */
public final class PointInTime {

  private static final String ORDERS =
      "CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders VALUES (1), (2), (3)";

  private PointInTime() {}

  /** Makes the database {@code store}, deletes its orders by mistake, and gets them back. */
  public static void main(String[] args) throws SQLException {
    Databases.named("store").initialSql(ORDERS).create();
    // tag::snapshot
    Branch store = Branches.get("store/main");
    Snapshot before = store.snapshot("before the migration");
    Branch trial = Branches.from("store/main").snapshot("before the migration").create();
    // end::snapshot
    // tag::cleanup
    Snapshots.cleanUp().of("store/main").olderThan(Duration.ofDays(30)).keepLast(7).run();
    // end::cleanup
    // tag::archive
    store.archive().enable();
    // end::archive
    Instant good = Instant.now();
    mistake(store);
    // tag::recover
    RecoveryWindow window = store.recoveryWindow().orElseThrow();
    System.out.println("from " + window.earliest() + " to " + window.latest());
    Branch then = Branches.from("store/main").at(good).named("then").create();
    // end::recover
    // tag::restore-point
    Branch migrated = Branches.from("store/main").atRestorePoint("mistake").create();
    // end::restore-point
    // tag::tend
    store.archive().verify().forEach(System.out::println);
    store.archive().cleanUp();
    store.archive().enable(WalCompression.ZSTD, Duration.ofSeconds(10));
    // end::tend
    trial.delete();
    before.delete();
    migrated.delete();
    System.out.println(then + " has the orders that " + store + " has lost");
  }

  private static void mistake(Branch store) throws SQLException {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_create_restore_point('mistake')");
      statement.execute("DELETE FROM orders");
    }
  }
}
