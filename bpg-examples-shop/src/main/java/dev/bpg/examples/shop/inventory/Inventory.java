package dev.bpg.examples.shop.inventory;

import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.util.List;
import java.util.Optional;

/** How much of each product is where, and how much of that is promised. */
public final class Inventory {

  private final Sql sql;

  /** The stock of a database. */
  public Inventory(Sql sql) {
    this.sql = sql;
  }

  /**
   * Books a change.
   *
   * @throws RefusedException if less than nothing, or less than what is reserved, would be left
   */
  public void move(long product, String warehouse, int change, String reason) {
    try {
      sql.update(
          "INSERT INTO stock_movements (product_id, warehouse, change, reason) VALUES (?, ?, ?, ?)",
          product,
          warehouse,
          change,
          reason);
    } catch (SqlFailure e) {
      if (e.isRefusedByCheck()) {
        throw new RefusedException("there is not so much to take in " + warehouse, e);
      }
      if (e.isDangling()) {
        throw new RefusedException("no product " + product + " or no warehouse " + warehouse, e);
      }
      throw e;
    }
  }

  /** How many there are in a warehouse. */
  public int quantity(long product, String warehouse) {
    return one(
        "SELECT quantity FROM stock WHERE product_id = ? AND warehouse = ?", product, warehouse);
  }

  /** How many of them are reserved. */
  public int reserved(long product, String warehouse) {
    return one(
        "SELECT reserved FROM stock WHERE product_id = ? AND warehouse = ?", product, warehouse);
  }

  /** How many can still be sold, in all warehouses. */
  public int available(long product) {
    return one("SELECT available FROM availability WHERE product_id = ?", product);
  }

  private int one(String query, Object... parameters) {
    return sql.find(row -> row.getInt(1), query, parameters).orElse(0);
  }

  /** Reserves in the first warehouse that has enough, if any has; says which. */
  public Optional<String> reserve(long product, int quantity) {
    return sql.find(
        row -> row.getString(1),
        """
        UPDATE stock SET reserved = reserved + ?
        WHERE product_id = ? AND warehouse = (
          SELECT s.warehouse FROM stock s JOIN warehouses w ON w.code = s.warehouse
          WHERE s.product_id = ? AND s.quantity - s.reserved >= ?
          ORDER BY w.priority LIMIT 1 FOR UPDATE OF s)
        RETURNING warehouse
        """,
        quantity,
        product,
        product,
        quantity);
  }

  /** Gives back what was reserved. */
  public void release(long product, String warehouse, int quantity) {
    reserved(product, warehouse, quantity, "there is not so much reserved in " + warehouse);
  }

  /** Takes out what was reserved. */
  public void ship(long product, String warehouse, int quantity, String reason) {
    sql.inTransaction(
        tx -> {
          Inventory inventory = new Inventory(tx);
          inventory.release(product, warehouse, quantity);
          inventory.move(product, warehouse, -quantity, reason);
        });
  }

  private void reserved(long product, String warehouse, int less, String refusal) {
    try {
      int changed =
          sql.update(
              "UPDATE stock SET reserved = reserved - ? WHERE product_id = ? AND warehouse = ?",
              less,
              product,
              warehouse);
      if (changed == 0) {
        throw new RefusedException(refusal);
      }
    } catch (SqlFailure e) {
      if (e.isRefusedByCheck()) {
        throw new RefusedException(refusal, e);
      }
      throw e;
    }
  }

  /** Brings some from one warehouse to another. */
  public void transfer(long product, String from, String to, int quantity) {
    sql.inTransaction(
        tx -> {
          Inventory inventory = new Inventory(tx);
          inventory.move(product, from, -quantity, "to " + to);
          inventory.move(product, to, quantity, "from " + from);
        });
  }

  /** What was booked, in order, as {@code BER +5 delivery}. */
  public List<String> movements(long product) {
    return sql.list(
        row -> "%s %+d %s".formatted(row.getString(1), row.getInt(2), row.getString(3)),
        "SELECT warehouse, change, reason FROM stock_movements WHERE product_id = ? ORDER BY id",
        product);
  }
}
