package dev.bpg.examples.shop.catalog;

import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.sql.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What part of a price is tax. */
public final class Taxes {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Sql sql;

  /** Rates of a database. */
  public Taxes(Sql sql) {
    this.sql = sql;
  }

  /** The rate in percent; where a country has no reduced one, the standard one. */
  public BigDecimal percent(String country, String kind) {
    return sql.find(
            row -> row.getBigDecimal(1),
            """
            SELECT percent FROM tax_rates WHERE country = ? AND kind IN (?, 'standard')
            ORDER BY kind = 'standard' LIMIT 1
            """,
            country,
            kind)
        .orElseThrow(() -> new NotFoundException("rate of tax in " + country));
  }

  /** The tax that a price contains, rounded half up. */
  public static BigDecimal contained(BigDecimal price, BigDecimal percent) {
    return price.multiply(percent).divide(HUNDRED.add(percent), 2, RoundingMode.HALF_UP);
  }
}
