package dev.bpg.examples.shop.returns;

import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.inventory.Inventory;
import dev.bpg.examples.shop.orders.Orders;
import dev.bpg.examples.shop.sql.Sql;
import java.math.BigDecimal;
import java.util.Map;

/** What customers send back. */
public final class Returns {

  private final Sql sql;

  /** Returns of a database. */
  public Returns(Sql sql) {
    this.sql = sql;
  }

  /**
   * Announces a return.
   *
   * @param parts how many of which line
   * @throws RefusedException if the order was not delivered, or not so many of a line were bought,
   *     less what was announced before and not rejected
   */
  public long request(long order, Map<Integer, Integer> parts, String reason) {
    return sql.transaction(
        tx -> {
          if (!new Orders(tx).get(order).status().equals("delivered")) {
            throw new RefusedException("order " + order + " is not delivered");
          }
          long request =
              tx.number(
                  "INSERT INTO returns (order_id, reason) VALUES (?, ?) RETURNING id",
                  order,
                  reason);
          parts.forEach(
              (line, quantity) -> {
                if (quantity > returnable(tx, order, line)) {
                  throw new RefusedException("not so many of line " + line + " can be returned");
                }
                tx.update(
                    "INSERT INTO return_items VALUES (?, ?, ?, ?)", request, order, line, quantity);
              });
          return request;
        });
  }

  private static long returnable(Sql sql, long order, int line) {
    return sql.number(
        """
        SELECT coalesce((SELECT quantity FROM order_items WHERE order_id = ? AND line = ?), 0)
          - coalesce((SELECT sum(i.quantity) FROM return_items i JOIN returns r ON r.id = i.return_id
              WHERE i.order_id = ? AND i.line = ? AND r.status <> 'rejected'), 0)
        """,
        order,
        line,
        order,
        line);
  }

  /** Books what came back into a warehouse. */
  public void receive(long request, String warehouse) {
    sql.inTransaction(
        tx -> {
          decide(tx, request, "received");
          Inventory inventory = new Inventory(tx);
          tx.list(
                  row -> new long[] {row.getLong(1), row.getLong(2)},
                  """
                  SELECT o.product_id, i.quantity
                  FROM return_items i JOIN order_items o ON o.order_id = i.order_id AND o.line = i.line
                  WHERE i.return_id = ?
                  """,
                  request)
              .forEach(
                  item -> inventory.move(item[0], warehouse, (int) item[1], "return " + request));
        });
  }

  /** Refuses a return. */
  public void reject(long request) {
    sql.inTransaction(tx -> decide(tx, request, "rejected"));
  }

  /** What the returned goods cost. */
  public BigDecimal value(long request) {
    return sql.get(
        row -> row.getBigDecimal(1),
        """
        SELECT coalesce(sum(i.quantity * o.unit_price), 0)
        FROM return_items i JOIN order_items o ON o.order_id = i.order_id AND o.line = i.line
        WHERE i.return_id = ?
        """,
        request);
  }

  /** What became of one: {@code requested}, {@code received} or {@code rejected}. */
  public String status(long request) {
    return sql.find(row -> row.getString(1), "SELECT status FROM returns WHERE id = ?", request)
        .orElseThrow(() -> new NotFoundException("return " + request));
  }

  private static void decide(Sql tx, long request, String status) {
    int changed =
        tx.update(
            "UPDATE returns SET status = ? WHERE id = ? AND status = 'requested'", status, request);
    if (changed == 0) {
      throw new RefusedException("return " + request + " is " + new Returns(tx).status(request));
    }
  }
}
