package dev.bpg.examples.shop.reviews;

import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What customers say of products that they have bought. */
public final class Reviews {

  private final Sql sql;

  /** Reviews of a database. */
  public Reviews(Sql sql) {
    this.sql = sql;
  }

  /**
   * Writes one.
   *
   * @param rating 1 to 5
   * @throws RefusedException if the customer did not get the product, or wrote one already
   */
  public long write(long customer, long product, int rating, String body) {
    try {
      return sql.find(
              row -> row.getLong(1),
              """
              INSERT INTO reviews (product_id, customer_id, rating, body)
              SELECT ?, ?, ?, ? WHERE EXISTS (
                SELECT FROM orders o JOIN order_items i ON i.order_id = o.id
                WHERE o.customer_id = ? AND i.product_id = ? AND o.status = 'delivered')
              RETURNING id
              """,
              product,
              customer,
              rating,
              body,
              customer,
              product)
          .orElseThrow(
              () -> new RefusedException("only who got product " + product + " can review it"));
    } catch (SqlFailure e) {
      if (e.isDuplicate()) {
        throw new RefusedException("customer " + customer + " has reviewed it already", e);
      }
      if (e.isRefusedByCheck()) {
        throw new RefusedException("a rating is 1 to 5", e);
      }
      throw e;
    }
  }

  /** Says whether a review helps; who says it again changes their mind. */
  public void vote(long review, long customer, boolean helpful) {
    sql.inTransaction(
        tx -> {
          long author = tx.number("SELECT customer_id FROM reviews WHERE id = ?", review);
          if (author == customer) {
            throw new RefusedException("nobody votes on their own review");
          }
          tx.update(
              """
              INSERT INTO review_votes VALUES (?, ?, ?)
              ON CONFLICT (review_id, customer_id) DO UPDATE SET helpful = excluded.helpful
              """,
              review,
              customer,
              helpful);
        });
  }

  /** The mean rating of a product, with one decimal, if anybody rated it. */
  public Optional<BigDecimal> average(long product) {
    return sql.find(
        row -> row.getBigDecimal(1),
        "SELECT round(avg(rating), 1) FROM reviews WHERE product_id = ? HAVING count(*) > 0",
        product);
  }

  /** What is said of a product, what helps most first. */
  public List<String> of(long product) {
    return sql.list(
        row -> row.getString(1),
        """
        SELECT r.body FROM reviews r LEFT JOIN review_votes v ON v.review_id = r.id
        WHERE r.product_id = ?
        GROUP BY r.id
        ORDER BY count(*) FILTER (WHERE v.helpful) - count(*) FILTER (WHERE NOT v.helpful) DESC, r.id
        """,
        product);
  }

  /** Takes one's review away, with the votes on it. */
  public void withdraw(long review, long customer) {
    int gone = sql.update("DELETE FROM reviews WHERE id = ? AND customer_id = ?", review, customer);
    if (gone == 0) {
      throw new RefusedException("review " + review + " is not of customer " + customer);
    }
  }
}
