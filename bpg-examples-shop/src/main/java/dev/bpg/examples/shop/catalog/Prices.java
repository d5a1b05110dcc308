package dev.bpg.examples.shop.catalog;

import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What products cost, and have cost, and will. */
public final class Prices {

  private final Sql sql;

  /** Prices of a database. */
  public Prices(Sql sql) {
    this.sql = sql;
  }

  /**
   * Sets a price as of a time.
   *
   * @throws RefusedException if it is negative, or one begins at that time already
   */
  public void set(long product, BigDecimal amount, Instant from) {
    try {
      sql.update("INSERT INTO prices VALUES (?, ?, ?)", product, from, amount);
    } catch (SqlFailure e) {
      if (e.isDuplicate()) {
        throw new RefusedException("a price of product " + product + " begins then already", e);
      }
      if (e.isRefusedByCheck()) {
        throw new RefusedException("a price is not negative", e);
      }
      throw e;
    }
  }

  /** The price at a time. */
  public Optional<BigDecimal> at(long product, Instant time) {
    return sql.find(
        row -> row.getBigDecimal(1),
        """
        SELECT amount FROM prices WHERE product_id = ? AND valid_from <= ?
        ORDER BY valid_from DESC LIMIT 1
        """,
        product,
        time);
  }

  /** The price now. */
  public Optional<BigDecimal> now(long product) {
    return at(product, Instant.now());
  }

  /** What was noted of each change, in order, as {@code 2.00 -> 3.00}, or {@code new -> 2.00}. */
  public List<String> changes(long product) {
    return sql.list(
        row -> row.getString(1) + " -> " + row.getString(2),
        """
        SELECT coalesce(before::text, 'new'), after FROM price_changes WHERE product_id = ?
        ORDER BY id
        """,
        product);
  }

  /** Changes the present price of all that a brand makes by a percentage; tells of how many. */
  public int changeBrand(String brand, BigDecimal percent, Instant from) {
    return sql.update(
        """
        INSERT INTO prices
        SELECT DISTINCT ON (p.id) p.id, ?::timestamptz, round(pr.amount * (100 + ?) / 100, 2)
        FROM products p JOIN brands b ON b.id = p.brand_id JOIN prices pr ON pr.product_id = p.id
        WHERE b.name = ? AND pr.valid_from <= ?
        ORDER BY p.id, pr.valid_from DESC
        """,
        from,
        percent,
        brand,
        from);
  }
}
