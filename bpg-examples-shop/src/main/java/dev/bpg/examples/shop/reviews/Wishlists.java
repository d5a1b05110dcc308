package dev.bpg.examples.shop.reviews;

import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.orders.Carts;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.util.List;

/** What customers would like to have. */
public final class Wishlists {

  private final Sql sql;

  /** Wishes of a database. */
  public Wishlists(Sql sql) {
    this.sql = sql;
  }

  /** Adds a product, if it is not on the list. */
  public void add(long customer, long product) {
    try {
      sql.update(
          "INSERT INTO wishlist_items (customer_id, product_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
          customer,
          product);
    } catch (SqlFailure e) {
      if (e.isDangling()) {
        throw new RefusedException("no customer " + customer + " or no product " + product, e);
      }
      throw e;
    }
  }

  /** Takes a product off, if it is on the list. */
  public void remove(long customer, long product) {
    sql.update(
        "DELETE FROM wishlist_items WHERE customer_id = ? AND product_id = ?", customer, product);
  }

  /** The products on the list, in the order in which they were added. */
  public List<Long> of(long customer) {
    return sql.list(
        row -> row.getLong(1),
        "SELECT product_id FROM wishlist_items WHERE customer_id = ? ORDER BY added_at",
        customer);
  }

  /** Puts one of a product into the cart, and takes it off the list. */
  public void toCart(long customer, long product) {
    sql.inTransaction(
        tx -> {
          new Carts(tx).add(customer, product, 1);
          new Wishlists(tx).remove(customer, product);
        });
  }

  /** How many wish for a product. */
  public long wishes(long product) {
    return sql.number("SELECT count(*) FROM wishlist_items WHERE product_id = ?", product);
  }
}
