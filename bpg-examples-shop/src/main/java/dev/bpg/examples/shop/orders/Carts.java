package dev.bpg.examples.shop.orders;

import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.math.BigDecimal;
import java.util.List;

/** What customers have picked and not bought yet. */
public final class Carts {

  private final Sql sql;

  /** Carts of a database. */
  public Carts(Sql sql) {
    this.sql = sql;
  }

  /**
   * Adds some of a product to what is there.
   *
   * @throws RefusedException if it cannot be bought, or there would be more than 99 or less than 1
   */
  public void add(long customer, long product, int quantity) {
    change(
        """
        INSERT INTO cart_items AS c (customer_id, product_id, quantity)
        SELECT ?, p.id, ? FROM products p
        WHERE p.id = ? AND p.active
          AND EXISTS (SELECT FROM prices WHERE product_id = p.id AND valid_from <= now())
        ON CONFLICT (customer_id, product_id) DO UPDATE SET quantity = c.quantity + excluded.quantity
        """,
        "product " + product + " cannot be bought",
        customer,
        quantity,
        product);
  }

  /** Sets how many there are of a product that is in it. */
  public void set(long customer, long product, int quantity) {
    change(
        "UPDATE cart_items SET quantity = ? WHERE customer_id = ? AND product_id = ?",
        "product " + product + " is not in the cart",
        quantity,
        customer,
        product);
  }

  private void change(String statement, String otherwise, Object... parameters) {
    try {
      if (sql.update(statement, parameters) == 0) {
        throw new RefusedException(otherwise);
      }
    } catch (SqlFailure e) {
      if (e.isRefusedByCheck()) {
        throw new RefusedException("a cart takes 1 to 99 of a product", e);
      }
      throw e;
    }
  }

  /** Takes a product out. */
  public void remove(long customer, long product) {
    sql.update(
        "DELETE FROM cart_items WHERE customer_id = ? AND product_id = ?", customer, product);
  }

  /** Takes everything out. */
  public void clear(long customer) {
    sql.update("DELETE FROM cart_items WHERE customer_id = ?", customer);
  }

  /** What is in it and can be bought still, in the order in which it was added. */
  public List<CartItem> items(long customer) {
    return sql.list(
        row -> new CartItem(row.getLong(1), row.getInt(2), row.getBigDecimal(3)),
        """
        SELECT c.product_id, c.quantity, price.amount
        FROM cart_items c JOIN products p ON p.id = c.product_id, LATERAL (
          SELECT amount FROM prices WHERE product_id = p.id AND valid_from <= now()
          ORDER BY valid_from DESC LIMIT 1) AS price
        WHERE c.customer_id = ? AND p.active
        ORDER BY c.added_at
        """,
        customer);
  }

  /** What all of it costs. */
  public BigDecimal total(long customer) {
    return items(customer).stream().map(CartItem::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
