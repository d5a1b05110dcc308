package dev.bpg.examples.shop.orders;

import dev.bpg.examples.shop.catalog.Taxes;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.inventory.Inventory;
import dev.bpg.examples.shop.sql.Row;
import dev.bpg.examples.shop.sql.Sql;
import java.math.BigDecimal;
import java.util.List;

/** What was bought, and what became of it. */
public final class Orders {

  private static final String COLUMNS =
      "SELECT id, customer_id, status, country, shipping, discount, order_total(id) FROM orders ";
  private static final Row<Order> ORDER =
      row ->
          new Order(
              row.getLong(1),
              row.getLong(2),
              row.getString(3),
              row.getString(4),
              row.getBigDecimal(5),
              row.getBigDecimal(6),
              row.getBigDecimal(7));

  private final Sql sql;

  /** Orders of a database. */
  public Orders(Sql sql) {
    this.sql = sql;
  }

  /** The one with a number. */
  public Order get(long id) {
    return sql.find(ORDER, COLUMNS + "WHERE id = ?", id)
        .orElseThrow(() -> new NotFoundException("order " + id));
  }

  /** A page of a customer's, the newest first; pages count from 0. */
  public List<Order> of(long customer, int page, int size) {
    return sql.list(
        ORDER,
        COLUMNS + "WHERE customer_id = ? ORDER BY placed_at DESC, id DESC LIMIT ? OFFSET ?",
        customer,
        size,
        page * size);
  }

  /** What is in one. */
  public List<OrderLine> lines(long id) {
    return sql.list(
        row ->
            new OrderLine(
                row.getInt(1),
                row.getLong(2),
                String.valueOf(row.getString(3)),
                row.getInt(4),
                row.getBigDecimal(5),
                row.getBigDecimal(6)),
        """
        SELECT line, product_id, warehouse, quantity, unit_price, tax_percent
        FROM order_items WHERE order_id = ? ORDER BY line
        """,
        id);
  }

  /** The tax that the prices of one contain, each line rounded. */
  public BigDecimal tax(long id) {
    return lines(id).stream()
        .map(
            line ->
                Taxes.contained(
                    line.unitPrice().multiply(BigDecimal.valueOf(line.quantity())),
                    line.taxPercent()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The states that one was in, in order. */
  public List<String> history(long id) {
    return sql.list(
        row -> row.getString(1),
        "SELECT status FROM order_events WHERE order_id = ? ORDER BY id",
        id);
  }

  /**
   * Takes an order back that was not paid yet: what it reserved is free, its coupon may be used
   * again.
   *
   * @throws RefusedException if it is further than that
   */
  public void cancel(long id) {
    sql.inTransaction(
        tx -> {
          advance(tx, id, "placed", "cancelled");
          Inventory inventory = new Inventory(tx);
          for (OrderLine line : new Orders(tx).lines(id)) {
            inventory.release(line.product(), line.warehouse(), line.quantity());
          }
          tx.update("DELETE FROM redemptions WHERE order_id = ?", id);
        });
  }

  /**
   * Brings an order from one state to another, as part of a transaction.
   *
   * @throws RefusedException if it is in another
   */
  public static void advance(Sql tx, long id, String from, String to) {
    int changed =
        tx.update("UPDATE orders SET status = ? WHERE id = ? AND status = ?", to, id, from);
    if (changed == 0) {
      String status = new Orders(tx).get(id).status();
      throw new RefusedException("order " + id + " is " + status + ", not " + from);
    }
  }
}
