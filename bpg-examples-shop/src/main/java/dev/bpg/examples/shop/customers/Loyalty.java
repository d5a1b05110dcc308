package dev.bpg.examples.shop.customers;

import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Sql;
import java.math.BigDecimal;
import java.util.List;

/** Points that customers earn and spend; their balance is the sum of what was booked. */
public final class Loyalty {

  private final Sql sql;

  /** Points of a database. */
  public Loyalty(Sql sql) {
    this.sql = sql;
  }

  /** Books a point for each whole unit of money; less than one earns nothing. */
  public int earn(long customer, BigDecimal paid, String reason) {
    int points = paid.intValue();
    if (points > 0) {
      book(sql, customer, points, reason);
    }
    return points;
  }

  /**
   * Takes points.
   *
   * @throws RefusedException if there are not so many
   */
  public void spend(long customer, int points, String reason) {
    if (points <= 0) {
      throw new RefusedException("only a positive number of points can be spent");
    }
    sql.inTransaction(
        tx -> {
          // Two who spend at once take turns.
          tx.number("SELECT id FROM customers WHERE id = ? FOR UPDATE", customer);
          long balance = new Loyalty(tx).balance(customer);
          if (balance < points) {
            throw new RefusedException("customer " + customer + " has only " + balance + " points");
          }
          book(tx, customer, -points, reason);
        });
  }

  /** How many one has. */
  public long balance(long customer) {
    return sql.number(
        "SELECT coalesce(sum(points), 0) FROM loyalty_entries WHERE customer_id = ?", customer);
  }

  /** What was booked, the newest first, as {@code +7 reason}. */
  public List<String> history(long customer) {
    return sql.list(
        row -> "%+d %s".formatted(row.getInt(1), row.getString(2)),
        "SELECT points, reason FROM loyalty_entries WHERE customer_id = ? ORDER BY id DESC",
        customer);
  }

  private static void book(Sql sql, long customer, int points, String reason) {
    sql.update(
        "INSERT INTO loyalty_entries (customer_id, points, reason) VALUES (?, ?, ?)",
        customer,
        points,
        reason);
  }
}
