package dev.bpg.examples.shop.payments;

import dev.bpg.examples.shop.customers.Loyalty;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.orders.Order;
import dev.bpg.examples.shop.orders.Orders;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.math.BigDecimal;
import java.util.List;

/** Money that came for orders, and that was given back. */
public final class Payments {

  private final Sql sql;

  /** Payments of a database. */
  public Payments(Sql sql) {
    this.sql = sql;
  }

  /**
   * Notes that a provider vouches for an amount.
   *
   * @param reference the provider's, which comes once
   * @throws RefusedException if it came before, the order is not open, or more than its total
   */
  public long authorise(long order, String method, BigDecimal amount, String reference) {
    return sql.transaction(
        tx -> {
          Order open = new Orders(tx).get(order);
          if (!open.status().equals("placed")) {
            throw new RefusedException("order " + order + " is " + open.status());
          }
          if (amount.compareTo(due(tx, open)) > 0) {
            throw new RefusedException("order " + order + " costs less than " + amount);
          }
          return insert(tx, order, method, amount, reference);
        });
  }

  private static long insert(
      Sql tx, long order, String method, BigDecimal amount, String reference) {
    try {
      return tx.number(
          "INSERT INTO payments (order_id, method, amount, reference) VALUES (?, ?, ?, ?) RETURNING id",
          order,
          method,
          amount,
          reference);
    } catch (SqlFailure e) {
      if (e.isDuplicate()) {
        throw new RefusedException("payment " + reference + " was noted already", e);
      }
      if (e.isRefusedByCheck()) {
        throw new RefusedException("no such method, or nothing to pay: " + method, e);
      }
      throw e;
    }
  }

  /** Takes an authorised amount. When all of the order is paid, it is, and earns points. */
  public void capture(long payment) {
    sql.inTransaction(
        tx -> {
          long order = settle(tx, payment, "captured");
          Order paid = new Orders(tx).get(order);
          if (paid(tx, order).compareTo(paid.total()) >= 0) {
            Orders.advance(tx, order, "placed", "paid");
            new Loyalty(tx).earn(paid.customer(), paid.total(), "order " + order);
          }
        });
  }

  /** Gives an authorised amount up. */
  public void fail(long payment) {
    sql.inTransaction(tx -> settle(tx, payment, "failed"));
  }

  private static long settle(Sql tx, long payment, String status) {
    return tx.find(
            row -> row.getLong(1),
            """
            UPDATE payments SET status = ? WHERE id = ? AND status = 'authorised'
            RETURNING order_id
            """,
            status,
            payment)
        .orElseThrow(() -> new NotFoundException("authorised payment " + payment));
  }

  /** What was taken for an order, less what was given back. */
  public BigDecimal paid(long order) {
    return paid(sql, order);
  }

  private static BigDecimal paid(Sql sql, long order) {
    return sql.get(
        row -> row.getBigDecimal(1),
        """
        SELECT coalesce(sum(p.amount - coalesce(r.amount, 0)), 0)
        FROM payments p LEFT JOIN (
          SELECT payment_id, sum(amount) AS amount FROM refunds GROUP BY payment_id) r
          ON r.payment_id = p.id
        WHERE p.order_id = ? AND p.status = 'captured'
        """,
        order);
  }

  private static BigDecimal due(Sql sql, Order order) {
    return order
        .total()
        .subtract(
            sql.get(
                row -> row.getBigDecimal(1),
                """
                SELECT coalesce(sum(amount), 0) FROM payments
                WHERE order_id = ? AND status <> 'failed'
                """,
                order.id()));
  }

  /**
   * Gives some of a payment back.
   *
   * @throws RefusedException if it was not taken, or not so much of it is left
   */
  public void refund(long payment, BigDecimal amount, String reason) {
    try {
      sql.update(
          "INSERT INTO refunds (payment_id, amount, reason) VALUES (?, ?, ?)",
          payment,
          amount,
          reason);
    } catch (SqlFailure e) {
      if (e.isRefusedByCheck() || e.isDangling()) {
        throw new RefusedException("payment " + payment + " does not cover " + amount, e);
      }
      throw e;
    }
  }

  /** The payments of an order, in order, as {@code card 7.00 captured}. */
  public List<String> of(long order) {
    return sql.list(
        row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3),
        "SELECT method, amount, status FROM payments WHERE order_id = ? ORDER BY id",
        order);
  }
}
