package dev.bpg.examples.quickstart;

import dev.bpg.DatabaseBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** A shop with a million rows, from {@code shop/schema.sql} and {@code shop/data.sql}. */
final class Shop implements Content {

  private static final String PART = "-- part: ";

  @Override
  public String title() {
    return "a shop with customers, products, orders and payments";
  }

  @Override
  public void addTo(DatabaseBuilder database, Terminal terminal) {
    database
        .initialSql(resource("/shop/schema.sql"))
        .prepare(dataSource -> load(dataSource, terminal));
  }

  private static void load(DataSource dataSource, Terminal terminal) throws SQLException {
    Stopwatch stopwatch = new Stopwatch();
    long total = 0;
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
      List<String> parts = List.of(resource("/shop/data.sql").split(PART));
      for (String part : parts.subList(1, parts.size())) {
        total += load(statement, part, terminal);
      }
      statement.execute("VACUUM (ANALYZE)");
    }
    terminal.line("%-14s %,10d rows %8s", "all", total, Terminal.time(stopwatch.elapsed()));
  }

  private static long load(Statement statement, String part, Terminal terminal)
      throws SQLException {
    int endOfName = part.indexOf('\n');
    Stopwatch stopwatch = new Stopwatch();
    long rows = statement.executeLargeUpdate(part.substring(endOfName));
    terminal.line(
        "%-14s %,10d rows %8s",
        part.substring(0, endOfName), rows, Terminal.time(stopwatch.elapsed()));
    return rows;
  }

  @Override
  public List<String> tables() {
    return List.of("customers", "orders", "payments");
  }

  @Override
  public Change inParent() {
    return new Change(
        "a customer signs up",
        "INSERT INTO customers VALUES (100001, 'zoe@example.com', 'Zoe New', 'FR', now())",
        List.of(1L, 0L, 0L));
  }

  @Override
  public Change inFast() {
    return new Change(
        "somebody forgets the WHERE",
        "TRUNCATE payments, order_items, orders",
        List.of(0L, Change.ALL, Change.ALL));
  }

  @Override
  public Change inConsistent() {
    return new Change(
        "a migration adds a thousand orders",
        "INSERT INTO orders SELECT 300000 + n, n, 'new', now() FROM generate_series(1, 1000) AS n",
        List.of(0L, 1000L, 0L));
  }

  private static String resource(String name) {
    try (InputStream in = Shop.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
