package dev.bpg.examples.shop.shipping;

import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.sql.Sql;
import java.util.List;

/** What carriers ask for. */
public final class ShippingRates {

  private final Sql sql;

  /** Rates of a database. */
  public ShippingRates(Sql sql) {
    this.sql = sql;
  }

  /** What takes a parcel to a country, the cheapest first. */
  public List<Rate> offers(String country, int grams) {
    return sql.list(
        row -> new Rate(row.getString(1), row.getInt(2), row.getBigDecimal(3)),
        """
        SELECT carrier, up_to_grams, price FROM shipping_rates
        WHERE country = ? AND up_to_grams >= ? ORDER BY price, carrier
        """,
        country,
        grams);
  }

  /**
   * The cheapest.
   *
   * @throws RefusedException if nobody takes it
   */
  public Rate cheapest(String country, int grams) {
    return offers(country, grams).stream()
        .findFirst()
        .orElseThrow(() -> new RefusedException("nobody brings " + grams + " grams to " + country));
  }
}
