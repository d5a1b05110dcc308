package dev.bpg.examples.shop.shipping;

import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.inventory.Inventory;
import dev.bpg.examples.shop.orders.OrderLine;
import dev.bpg.examples.shop.orders.Orders;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parcels that left with what was ordered. */
public final class Shipments {

  private final Sql sql;

  /** Parcels of a database. */
  public Shipments(Sql sql) {
    this.sql = sql;
  }

  /** Sends all that is left of a paid order. */
  public long shipAll(long order, String carrier, String tracking) {
    return ship(order, carrier, tracking, unshipped(order));
  }

  /**
   * Sends a part of a paid order. With the last part it is shipped.
   *
   * @param parts how many of which line
   * @throws RefusedException if the order is not paid, or not so much of a line is left
   */
  public long ship(long order, String carrier, String tracking, Map<Integer, Integer> parts) {
    return sql.transaction(
        tx -> {
          String status = new Orders(tx).get(order).status();
          if (!status.equals("paid")) {
            throw new RefusedException("order " + order + " is " + status + ", not paid");
          }
          Map<Integer, Integer> left = new Shipments(tx).unshipped(order);
          parts.forEach(
              (line, quantity) -> {
                if (quantity > left.getOrDefault(line, 0)) {
                  throw new RefusedException("not so many of line " + line + " are left to ship");
                }
              });
          long shipment = insert(tx, order, carrier, tracking);
          for (OrderLine line : new Orders(tx).lines(order)) {
            int quantity = parts.getOrDefault(line.line(), 0);
            if (quantity > 0) {
              pack(tx, shipment, order, line, quantity);
            }
          }
          if (new Shipments(tx).unshipped(order).isEmpty()) {
            Orders.advance(tx, order, "paid", "shipped");
          }
          return shipment;
        });
  }

  private static long insert(Sql tx, long order, String carrier, String tracking) {
    try {
      return tx.number(
          "INSERT INTO shipments (order_id, carrier, tracking) VALUES (?, ?, ?) RETURNING id",
          order,
          carrier,
          tracking);
    } catch (SqlFailure e) {
      if (e.isDuplicate() || e.isDangling()) {
        throw new RefusedException(
            "no carrier " + carrier + ", or parcel " + tracking + " is known", e);
      }
      throw e;
    }
  }

  private static void pack(Sql tx, long shipment, long order, OrderLine line, int quantity) {
    tx.update(
        "INSERT INTO shipment_items VALUES (?, ?, ?, ?)", shipment, order, line.line(), quantity);
    new Inventory(tx).ship(line.product(), line.warehouse(), quantity, "order " + order);
  }

  /** How many of which line have not been sent. */
  public Map<Integer, Integer> unshipped(long order) {
    Map<Integer, Integer> left = new LinkedHashMap<>();
    sql.list(
            row -> new int[] {row.getInt(1), row.getInt(2)},
            """
            SELECT i.line, i.quantity - coalesce(sum(s.quantity), 0)
            FROM order_items i LEFT JOIN shipment_items s ON s.order_id = i.order_id AND s.line = i.line
            WHERE i.order_id = ?
            GROUP BY i.order_id, i.line HAVING i.quantity > coalesce(sum(s.quantity), 0)
            ORDER BY i.line
            """,
            order)
        .forEach(line -> left.put(line[0], line[1]));
    return left;
  }

  /** Notes that a parcel came; when all of a shipped order's did, it is delivered. */
  public void delivered(String tracking, Instant at) {
    sql.inTransaction(
        tx -> {
          long order = arrive(tx, tracking, at);
          long underway =
              tx.number(
                  "SELECT count(*) FROM shipments WHERE order_id = ? AND delivered_at IS NULL",
                  order);
          if (underway == 0 && new Orders(tx).get(order).status().equals("shipped")) {
            Orders.advance(tx, order, "shipped", "delivered");
          }
        });
  }

  private static long arrive(Sql tx, String tracking, Instant at) {
    try {
      return tx.find(
              row -> row.getLong(1),
              """
              UPDATE shipments SET delivered_at = ? WHERE tracking = ? AND delivered_at IS NULL
              RETURNING order_id
              """,
              at,
              tracking)
          .orElseThrow(() -> new NotFoundException("parcel " + tracking + " underway"));
    } catch (SqlFailure e) {
      if (e.isRefusedByCheck()) {
        throw new RefusedException("parcel " + tracking + " was not sent by then", e);
      }
      throw e;
    }
  }

  /** The parcels of an order, as {@code carrier tracking}. */
  public List<String> of(long order) {
    return sql.list(
        row -> row.getString(1) + " " + row.getString(2),
        "SELECT carrier, tracking FROM shipments WHERE order_id = ? ORDER BY id",
        order);
  }
}
