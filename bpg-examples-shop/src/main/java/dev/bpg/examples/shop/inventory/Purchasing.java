package dev.bpg.examples.shop.inventory;

import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.math.BigDecimal;

/** What the shop buys of its suppliers. */
public final class Purchasing {

  private final Sql sql;

  /** Purchases of a database. */
  public Purchasing(Sql sql) {
    this.sql = sql;
  }

  /** Begins an order; a supplier that is new is added. */
  public long order(String supplier, String warehouse) {
    return sql.transaction(
        tx -> {
          tx.update("INSERT INTO suppliers (name) VALUES (?) ON CONFLICT DO NOTHING", supplier);
          return tx.number(
              """
              INSERT INTO purchase_orders (supplier_id, warehouse)
              SELECT id, ? FROM suppliers WHERE name = ? RETURNING id
              """,
              warehouse,
              supplier);
        });
  }

  /** Adds some of a product to an open order; of one that is on it already, the numbers add up. */
  public void add(long order, long product, int quantity, BigDecimal cost) {
    sql.inTransaction(
        tx -> {
          requireOpen(tx, order);
          try {
            tx.update(
                """
                INSERT INTO purchase_order_items AS i VALUES (?, ?, ?, ?)
                ON CONFLICT (purchase_order_id, product_id)
                DO UPDATE SET quantity = i.quantity + excluded.quantity, cost = excluded.cost
                """,
                order,
                product,
                quantity,
                cost);
          } catch (SqlFailure e) {
            if (e.isRefusedByCheck()) {
              throw new RefusedException("quantities are positive and costs not negative", e);
            }
            throw e;
          }
        });
  }

  /** What an order costs. */
  public BigDecimal total(long order) {
    return sql.get(
        row -> row.getBigDecimal(1),
        "SELECT coalesce(sum(quantity * cost), 0) FROM purchase_order_items WHERE purchase_order_id = ?",
        order);
  }

  /** Books all of an order into its warehouse. */
  public void receive(long order) {
    sql.inTransaction(
        tx -> {
          requireOpen(tx, order);
          tx.update(
              """
              INSERT INTO stock_movements (product_id, warehouse, change, reason)
              SELECT i.product_id, o.warehouse, i.quantity, 'purchase ' || o.id
              FROM purchase_orders o JOIN purchase_order_items i ON i.purchase_order_id = o.id
              WHERE o.id = ?
              """,
              order);
          tx.update("UPDATE purchase_orders SET status = 'received' WHERE id = ?", order);
        });
  }

  /** Takes an open order back. */
  public void cancel(long order) {
    sql.inTransaction(
        tx -> {
          requireOpen(tx, order);
          tx.update("UPDATE purchase_orders SET status = 'cancelled' WHERE id = ?", order);
        });
  }

  /** How many of a product are on their way. */
  public long expected(long product) {
    return sql.number(
        """
        SELECT coalesce(sum(i.quantity), 0)
        FROM purchase_order_items i JOIN purchase_orders o ON o.id = i.purchase_order_id
        WHERE i.product_id = ? AND o.status = 'open'
        """,
        product);
  }

  private static void requireOpen(Sql tx, long order) {
    String status =
        tx.find(
                row -> row.getString(1),
                "SELECT status FROM purchase_orders WHERE id = ? FOR UPDATE",
                order)
            .orElseThrow(() -> new NotFoundException("purchase " + order));
    if (!status.equals("open")) {
      throw new RefusedException("purchase " + order + " is " + status);
    }
  }
}
