package dev.bpg.examples.shop.reports;

import dev.bpg.examples.shop.sql.Sql;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the shop's owners look at. */
public final class Reports {

  private final Sql sql;

  /** Reports on a database. */
  public Reports(Sql sql) {
    this.sql = sql;
  }

  /** What was sold on a day, by UTC, in all orders that were not cancelled. */
  public BigDecimal revenue(LocalDate day) {
    return sql.get(
        row -> row.getBigDecimal(1),
        "SELECT coalesce(sum(amount), 0) FROM sales WHERE placed_at >= ? AND placed_at < ?",
        day.atStartOfDay(ZoneOffset.UTC).toInstant(),
        day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** What was sold of a category and of those below it. */
  public BigDecimal revenueOfCategory(String slug) {
    return sql.get(
        row -> row.getBigDecimal(1),
        """
        WITH RECURSIVE below AS (
          SELECT id FROM categories WHERE slug = ?
          UNION ALL
          SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id)
        SELECT coalesce(sum(s.amount), 0) FROM sales s
        WHERE EXISTS (SELECT FROM product_categories pc JOIN below b ON b.id = pc.category_id
          WHERE pc.product_id = s.product_id)
        """,
        slug);
  }

  /** How many of which of a brand's products were sold, the most first. */
  public Map<String, Integer> bestsellers(String brand, int limit) {
    Map<String, Integer> sold = new LinkedHashMap<>();
    sql.list(
            row -> Map.entry(row.getString(1), row.getInt(2)),
            """
            SELECT p.sku, sum(s.quantity) AS sold
            FROM sales s JOIN products p ON p.id = s.product_id JOIN brands b ON b.id = p.brand_id
            WHERE b.name = ? GROUP BY p.sku ORDER BY sold DESC, p.sku LIMIT ?
            """,
            brand,
            limit)
        .forEach(entry -> sold.put(entry.getKey(), entry.getValue()));
    return sold;
  }

  /** The printed numbers of a brand's products of which fewer than some are available. */
  public List<String> lowStock(String brand, int fewerThan) {
    return sql.list(
        row -> row.getString(1),
        """
        SELECT a.sku FROM availability a JOIN products p ON p.id = a.product_id
        JOIN brands b ON b.id = p.brand_id
        WHERE b.name = ? AND p.active AND a.available < ? ORDER BY a.available, a.sku
        """,
        brand,
        fewerThan);
  }

  /** What a customer has spent on goods. */
  public BigDecimal spent(long customer) {
    return sql.get(
        row -> row.getBigDecimal(1),
        "SELECT coalesce(sum(amount), 0) FROM sales WHERE customer_id = ?",
        customer);
  }

  /** What a customer's rank is among all by what they have spent, from 1. */
  public long rank(long customer) {
    return sql.number(
        """
        SELECT 1 + count(*) FROM (
          SELECT customer_id FROM sales GROUP BY customer_id
          HAVING sum(amount) > (SELECT coalesce(sum(amount), 0) FROM sales WHERE customer_id = ?)) AS above
        """,
        customer);
  }
}
