package dev.bpg.examples.shop.promotions;

import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Sql;
import dev.bpg.examples.shop.sql.SqlFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Codes that make an order cheaper. */
public final class Coupons {

  private final Sql sql;

  /** Coupons of a database. */
  public Coupons(Sql sql) {
    this.sql = sql;
  }

  /** Adds one that takes a percentage off. */
  public void addPercent(String code, BigDecimal percent, Terms terms) {
    add("percent", code, percent, terms);
  }

  /** Adds one that takes an amount off. */
  public void addAmount(String code, BigDecimal amount, Terms terms) {
    add("amount", code, amount, terms);
  }

  /**
   * When a coupon counts.
   *
   * @param minimum what has to be bought at least
   * @param from as of when
   * @param until until when
   * @param maxUses how often
   */
  public record Terms(BigDecimal minimum, Instant from, Instant until, int maxUses) {}

  private void add(String kind, String code, BigDecimal value, Terms terms) {
    try {
      sql.update(
          "INSERT INTO coupons (code, "
              + kind
              + ", minimum, valid_from, valid_until, max_uses) VALUES (?, ?, ?, ?, ?, ?)",
          code,
          value,
          terms.minimum(),
          terms.from(),
          terms.until(),
          terms.maxUses());
    } catch (SqlFailure e) {
      if (e.isDuplicate()) {
        throw new RefusedException("there is a coupon " + code + " already", e);
      }
      if (e.isRefusedByCheck()) {
        throw new RefusedException("a coupon like this makes no sense: " + code, e);
      }
      throw e;
    }
  }

  /**
   * What a coupon takes off an amount now, never more than it.
   *
   * @throws RefusedException if it does not count now, or not for so little
   */
  public BigDecimal discount(String code, BigDecimal goods) {
    Coupon coupon = lock(code);
    coupon.check(goods, Instant.now());
    return coupon.discount(goods);
  }

  /** Uses one for an order, as part of a transaction. */
  public void redeem(String code, long order, BigDecimal goods) {
    BigDecimal discount = discount(code, goods);
    sql.update("INSERT INTO redemptions VALUES (?, ?, ?)", order, normal(code), discount);
    sql.update("UPDATE orders SET discount = ? WHERE id = ?", discount, order);
  }

  /** How often one was used. */
  public long uses(String code) {
    return sql.number("SELECT count(*) FROM redemptions WHERE coupon = ?", normal(code));
  }

  // Locked, so that two orders at once do not both get the last use.
  private Coupon lock(String code) {
    return sql.find(
            Coupon::read,
            """
            SELECT code, percent, amount, minimum, valid_from, valid_until, max_uses,
              (SELECT count(*) FROM redemptions WHERE coupon = code)
            FROM coupons WHERE code = ? FOR UPDATE
            """,
            normal(code))
        .orElseThrow(() -> new NotFoundException("coupon " + code));
  }

  private static String normal(String code) {
    return code.strip().toUpperCase(Locale.ROOT);
  }

  private record Coupon(
      String code,
      @Nullable BigDecimal percent,
      @Nullable BigDecimal amount,
      Terms terms,
      long uses) {

    static Coupon read(ResultSet row) throws SQLException {
      return new Coupon(
          row.getString(1),
          row.getBigDecimal(2),
          row.getBigDecimal(3),
          new Terms(
              row.getBigDecimal(4),
              row.getTimestamp(5).toInstant(),
              row.getTimestamp(6).toInstant(),
              row.getInt(7)),
          row.getLong(8));
    }

    void check(BigDecimal goods, Instant now) {
      if (now.isBefore(terms.from()) || !now.isBefore(terms.until())) {
        throw new RefusedException("coupon " + code + " does not count now");
      }
      if (goods.compareTo(terms.minimum()) < 0) {
        throw new RefusedException("coupon " + code + " counts from " + terms.minimum());
      }
      if (uses >= terms.maxUses()) {
        throw new RefusedException("coupon " + code + " is used up");
      }
    }

    BigDecimal discount(BigDecimal goods) {
      BigDecimal off =
          percent == null
              ? amount
              : goods.multiply(percent).divide(BigDecimal.valueOf(100), 2, RoundingMode.HALF_UP);
      return goods.min(off);
    }
  }
}
